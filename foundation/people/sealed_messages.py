"""Messages that wait to be sent are sealed like every private field, and sealed anew by `ganpo keys rotate`."""

from foundation.people import privacy
from foundation.work.message_content import seal_with
from foundation.work.outbox_tables import OutboxMessage

seal_with(privacy.seal, privacy.opened)
privacy.SEALED.append(OutboxMessage.content_sealed)
