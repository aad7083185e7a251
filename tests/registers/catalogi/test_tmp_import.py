from collections import Counter
from tests.registers.catalogi.inavigator_exports import REAL, RICH, plan
from loket.registers.catalogi.inavigator.importing import carry_out
import pytest
@pytest.mark.parametrize("f",[REAL,RICH])
def test_x(gemeente, actor, api, f):
    m = plan(f)
    lines = carry_out(m, actor)
    print(Counter((l.kind,l.outcome) for l in lines))
    planned=len(m.plans)
    for l in lines:
        if l.outcome!="gemaakt": print(l.kind,l.key,l.reason[:160])
    r=api.get("/catalogi/api/v1/zaaktypen?status=alles").json()
    for path in ("informatieobjecttypen","besluittypen","zaaktypen"):
        r=api.get(f"/catalogi/api/v1/{path}?status=alles&pageSize=500").json()
        c=Counter()
        for z in r["results"]:
            a=api.post(z["url"]+"/publish"); c[a.status_code]+=1
            if a.status_code!=200: print(a.text[:400])
        print(path, c)
    z=r["results"][0]["url"]
    print({k:(len(v) if isinstance(v,list) else v) for k,v in api.get(z).json().items()})
    again=carry_out(m,actor); print(Counter((l.kind,l.outcome) for l in again))
    assert 0
