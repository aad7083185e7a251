"""What every page does first: who is this, may they, and which record is it about."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render

from loket.grammar.change import HOUSE
from loket.grammar.numbering import MOST, key_under
from loket.grammar.resource import Call
from loket.kernel.problems import Invalid, Problem
from loket.ledger.database import fetch, one
from loket.registers.output.sjabloon import sjablonen
from loket.registers.output.sjabloonversie import sjabloonversies
from loket.site.output.rechten import mag, wat_mag

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from django import forms
    from django.http import HttpRequest, HttpResponse

TOELICHTING = "in beheer van output"
INTUSSEN = (
    "Iemand anders heeft dit gewijzigd terwijl u bezig was. Hieronder staat wat u invulde; "
    "open de pagina opnieuw om te zien wat er nu staat."
)


def page(*rights: str) -> Callable[[Any], Any]:
    """Make a view a page of beheer, for who has one of some permissions."""

    def wrap(view: Any) -> Any:
        @wraps(view)
        def guarded(request: HttpRequest, **keys: Any) -> HttpResponse:
            if not mag(request.user, *rights):
                raise PermissionDenied
            answer: HttpResponse = view(request, **keys)
            return answer

        return admin.site.admin_view(guarded)

    return wrap


def sjabloon_at(key: UUID) -> Any:
    """Return the template that a path names."""
    found = fetch(sjablonen.record, key)
    if found is None:
        raise Http404
    return found


def versie_at(key: UUID, nummer: int) -> tuple[Any, Any]:
    """Return the template and the version that a path names."""
    sjabloon = sjabloon_at(key)
    versie = fetch(sjabloonversies.record, key_under(key, nummer)) if nummer <= MOST else None
    if versie is None:
        raise Http404
    return sjabloon, versie


def call(key: UUID | None = None) -> Call:
    """Return what a write from these pages is known by."""
    return Call(base=HOUSE, key=key, toelichting=TOELICHTING)


def mark_of(record: Any) -> str:
    """Return by what is known whether a record changed since it was looked at."""
    row = one("SELECT max(position) FROM ledger_event WHERE key = %s", (record.pk,))
    return str(row[0])


def explain(form: forms.Form, problem: Problem, names: Mapping[str, str] | None = None) -> None:
    """Show what the register refuses at the field that it is about.

    `names` are those of fields that the page calls otherwise than the register.
    """
    if not isinstance(problem, Invalid):
        form.add_error(None, problem.detail)
        return
    for fault in problem.faults:
        name = (names or {}).get(fault.name, fault.name)
        form.add_error(name if name in form.fields else None, fault.reason)


def told(problem: Problem) -> str:
    """Return in words why something was refused."""
    faults = getattr(problem, "faults", ())
    return " ".join(each.reason for each in faults) or problem.detail


def shown(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """Show a page in the frame of beheer; 422 where its form holds faults."""
    frame = {**admin.site.each_context(request), "title": title, "is_nav_sidebar_enabled": False}
    form = context.get("form")
    faulty = bool(form is not None and form.errors)
    status = context.pop("status", 422 if faulty else 200)
    context = {**frame, **wat_mag(request.user), **context}
    return render(request, f"output/{template}.html", context, status=status)


def done(request: HttpRequest, text: str) -> None:
    """Say on the next page what was done."""
    messages.success(request, text)


def refused(request: HttpRequest, back: str, problem: Problem) -> HttpResponse:
    """Show why nothing was done."""
    return shown(request, "mislukt", "Dat ging niet", reden=told(problem), back=back, status=409)
