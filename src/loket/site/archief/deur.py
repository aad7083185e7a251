"""What every page does first: who is this, may they, and which list is it about."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render

from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.kernel.problems import Invalid, Problem
from loket.ledger.database import fetch, one
from loket.registers.archief.vernietigingslijst import Vernietigingslijst
from loket.site.archief.rechten import mag

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django import forms
    from django.http import HttpRequest, HttpResponse

TOELICHTING = "in beheer van het archief"


def page(*rights: str) -> Callable[[Any], Any]:
    """Make a view a page of beheer, for who has one of some permissions."""

    def wrap(view: Any) -> Any:
        @wraps(view)
        def guarded(request: HttpRequest, **keys: Any) -> HttpResponse:
            demand(request, *rights)
            answer: HttpResponse = view(request, **keys)
            return answer

        return admin.site.admin_view(guarded)

    return wrap


def demand(request: HttpRequest, *rights: str) -> None:
    """Refuse who has none of some permissions."""
    if not mag(request.user, *rights):
        raise PermissionDenied


def lijst_at(key: UUID) -> Any:
    """Return the list that a path names."""
    found = fetch(Vernietigingslijst, key)
    if found is None:
        raise Http404
    return found


def call(key: UUID | None = None, body: Any = None) -> Call:
    """Return what a write from these pages is known by."""
    return Call(base=HOUSE, key=key, body=body, toelichting=TOELICHTING)


def mark_of(lijst: Any) -> str:
    """Return by what is known whether a list, or a line of it, changed since it was looked at."""
    row = one("SELECT max(position) FROM ledger_event WHERE main_key = %s", (lijst.pk,))
    return str(row[0])


def explain(form: forms.Form, problem: Problem) -> None:
    """Show what the register refuses at the field that it is about."""
    if not isinstance(problem, Invalid):
        form.add_error(None, problem.detail)
        return
    for fault in problem.faults:
        form.add_error(fault.name if fault.name in form.fields else None, fault.reason)


def shown(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """Show a page in the frame of beheer; 422 where its form holds faults."""
    frame = {**admin.site.each_context(request), "title": title, "is_nav_sidebar_enabled": False}
    form = context.get("form")
    faulty = bool(form is not None and form.errors)
    status = context.pop("status", 422 if faulty else 200)
    return render(request, f"archief/{template}.html", {**frame, **context}, status=status)


def done(request: HttpRequest, text: str) -> None:
    """Say on the next page what was done."""
    messages.success(request, text)
