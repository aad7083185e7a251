"""Beheer through the same door: a form in the admin writes as any other client does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin

from loket.grammar.links import Ref, Refs, resource_of
from loket.grammar.record import written
from loket.grammar.resource import Call
from loket.grammar.shapes import Variant
from loket.grammar.words import Level, Word
from loket.grammar.writing import HOUSE
from loket.kernel.actor import Actor, Kind
from loket.kernel.problems import Conflict, Invalid, Problem
from loket.site.form_fields import field_for

if TYPE_CHECKING:
    from django.http import HttpRequest

TOELICHTING = "gewijzigd in beheer"


def actor_of(request: HttpRequest) -> Actor:
    """Return the employee who is logged in; Django's permissions guard each page of the admin."""
    user: Any = request.user
    name = user.get_full_name() or user.get_username()
    return Actor(
        Kind.MEDEWERKER, user.get_username(), name, everything=True,
        user=user.get_username(), user_label=name,
    )  # fmt: skip


class DoorForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """Writes through the resource while it is checked, so that every fault lands at its field."""

    actor: Actor
    written: Any = None

    def clean(self) -> dict[str, Any]:
        """Ask the register; what it refuses is shown, what it accepts is written."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            self.written = self._write(cleaned)
        except Invalid as problem:
            self._show(problem)
        except Problem as problem:
            self.add_error(None, problem.detail)
        return cleaned

    def _write(self, cleaned: dict[str, Any]) -> Any:
        resource = resource_of(self._meta.model)
        call = Call(base=HOUSE, toelichting=TOELICHTING)
        adding = self.instance._state.adding
        body = {
            word.wire: _raw(word, cleaned[word.name])
            for word in written(resource.record)
            if word.name in cleaned and (adding or word.name in self.changed_data)
        }
        if adding:
            body = {name: value for name, value in body.items() if value not in (None, "")}
            return resource.create(self.actor, body, call).record
        return resource.patch(self.actor, self.instance.pk, body, call).record

    def _show(self, problem: Invalid) -> None:
        resource = resource_of(self._meta.model)
        for fault in problem.faults:
            word = resource.by_wire.get(fault.name.split(".")[0])
            name = word.name if word is not None and word.name in self.fields else None
            self.add_error(name, f"{fault.reason} ({fault.code})")

    def _post_clean(self) -> None:
        """Leave the checks to the register."""

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Return what was written."""
        del commit
        self.save_m2m: Any = lambda: None
        return self.written


def _raw(word: Word, value: Any) -> Any:
    if isinstance(word, Level):
        return word.of.values[int(value)] if value not in (None, "") else ""
    if isinstance(word, Ref):
        return value
    if isinstance(word, Refs):
        return [each.pk for each in value]
    if isinstance(word, Variant):
        return value
    return word.plain(value)


class DoorAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """A page of the admin for one record."""

    form = DoorForm
    list_per_page = 50
    show_full_result_count = False

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,  # noqa: FBT001, FBT002 - Django's signature
        **options: Any,
    ) -> Any:
        """Give the form its actor."""
        made: Any = super().get_form(request, obj, change, **options)
        made.actor = actor_of(request)
        for name, shown in made.base_fields.items():
            word = self.model.words[name]
            label = name.replace("_", " ").capitalize()
            own = self.own_field(word, label, adding=obj is None) or shown
            told = (str(each) for each in (word.doc, own.help_text) if each)
            own.label, own.help_text = label, " ".join(told)
            made.base_fields[name] = own
        return made

    def own_field(self, word: Word, label: str, *, adding: bool) -> forms.Field | None:
        """Return the form field of a word that Django has none for."""
        return field_for(word, label, adding=adding)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show what a client may write, in the order of the declaration.

        A secret is only there for who may write it: a page that is only read would show it.
        """
        if obj is None:
            secrets = self.has_add_permission(request)
        else:
            secrets = self.has_change_permission(request, obj)
        return [
            word.name
            for word in written(self.model)
            if word.fields() and (obj is None or not word.once) and (secrets or not word.secret)
        ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Nothing left to save: the form went through the door."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """Nothing left to save."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Add only what the register lets be made."""
        return "create" in resource_of(self.model).verbs and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Change only what the register lets be changed."""
        verbs = resource_of(self.model).verbs
        return "partial_update" in verbs and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Remove only what the register lets be removed."""
        verbs = resource_of(self.model).verbs
        return "destroy" in verbs and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> Any:
        """Leave out removing many at once: it would go around the door."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Remove through the door."""
        call = Call(base=HOUSE, toelichting=TOELICHTING)
        try:
            resource_of(self.model).destroy(actor_of(request), obj.pk, call)
        except (Conflict, Invalid) as problem:
            self.message_user(request, problem.detail, level="error")


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """A page that shows and never writes."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        del request
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        del request, obj
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        del request, obj
        return False
