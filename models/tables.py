"""All tables in one place, for migrations and tests: importing this imports every model."""

import models.copy
import models.deadline
import models.dialogue
import models.file
import models.group
import models.inbox
import models.message
import models.note
import models.order
import models.outbox
import models.parcel
import models.people
import models.shop
import models.trace
import models.viber  # noqa: F401 - imported for its tables
from models.base import Base

metadata = Base.metadata
