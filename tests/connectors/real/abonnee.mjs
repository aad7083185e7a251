// A subscriber whose CloudEvents are read and validated by the SDK of the CNCF for JavaScript.
// `node abonnee.mjs AUTH` says on a line of JSON where it is, and ends with its input.
// POST hands a CloudEvent over; GET tells what was taken.

import { createServer } from "node:http";
import { HTTP } from "cloudevents";

const auth = process.argv[2];
const taken = [];

function take(headers, body) {
  const event = HTTP.toEvent({ headers, body });
  event.validate();
  taken.push(event.toJSON());
}

const server = createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    if (request.method === "GET") {
      response.end(JSON.stringify(taken));
      return;
    }
    response.statusCode = 204;
    if (request.headers.authorization !== auth) {
      response.statusCode = 403;
    } else {
      try {
        take(request.headers, Buffer.concat(parts).toString("utf-8"));
      } catch (problem) {
        response.statusCode = 400;
        response.statusMessage = String(problem.message).replace(/[^ -~]/g, " ").slice(0, 500);
      }
    }
    response.end();
  });
});

server.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}/` }));
});
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
