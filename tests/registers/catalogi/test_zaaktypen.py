from __future__ import annotations
def test_smoke(beheer):
    import json
    z = beheer.zaaktype()
    print(json.dumps(z, indent=1))
    st = beheer.statustype(z, 1); st2=beheer.statustype(z, 2)
    print(st, st2)
    r = beheer.resultaattype(z); print(r)
    b = beheer.besluittype(); print(b)
    i = beheer.informatieobjecttype(); print(i)
    g = beheer.document(z, i["url"]); print(g)
    print(beheer.published(b)); beheer.published(i)
    print(beheer.published(z))
    print(beheer.read(z["url"], expand="catalogus,statustypen.zaaktype,resultaattypen,informatieobjecttypen,besluittypen,gerelateerdeZaaktypen"))
    print(beheer.read(g["url"], expand="informatieobjecttype,catalogus"))
    assert 0
