"""Answers about a record leave out the fields that are kept from whoever asks."""

from typing import Any, ClassVar

from ninja import Schema
from pydantic import GetJsonSchemaHandler, SerializationInfo, SerializerFunctionWrapHandler
from pydantic import model_serializer as serializer
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from mainstay.shared import access


class Guarded(Schema):
    """`MODEL` is the model whose field rules hold; a hidden field is absent, not empty."""

    MODEL: ClassVar[str] = ""
    ALWAYS: ClassVar[frozenset[str]] = frozenset({"id", "version", "created_at", "updated_at"})

    @classmethod
    def hidden(cls, user: Any) -> frozenset[str]:
        """Return what is kept from the user."""
        return access.fields_hidden(user, cls.MODEL)

    @serializer(mode="wrap")
    def leave_out(
        self, handler: SerializerFunctionWrapHandler, info: SerializationInfo
    ) -> dict[str, Any]:
        told: dict[str, Any] = handler(self)
        known: Any = info.context or {}
        if "request" not in known:  # the answer that is kept for an idempotency key is whole
            return told
        hidden = self.hidden(known["request"].user)
        return {name: value for name, value in told.items() if name not in hidden}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Say in the documents that only what is never hidden is always there."""
        schema = handler.resolve_ref_schema(handler(core_schema))
        needed = [name for name in schema.get("required", []) if name in cls.ALWAYS]
        return schema | {"required": needed} if needed else schema
