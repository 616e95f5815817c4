"""A list that was uploaded beside a field to paste one into: any spreadsheet, as the text that its reader reads."""

from foundation.base.problem import Problem, Refused
from foundation.papers import sheets_in
from foundation.web.forms import UPLOAD_LIMIT, Form, cleaned_apart


async def uploaded_text(form: Form, field: str, most: int = UPLOAD_LIMIT) -> tuple[str | None, list[Problem]]:
    """The text of the form's file, cells with tabs between them, or what is wrong with it; None where there is none.

    `most` is bytes, those that the form was read with; problems are told at `field`.
    """
    upload = form.upload("file")
    if upload is None:
        return None, []
    try:
        return await cleaned_apart(await sheets_in.as_text(upload.content, field, most=most)), []
    except Refused as refusal:
        return None, list(refusal.problems)
