"""What can be done to segments: keep one, put it away, fill a fixed list, count anew."""

from .filling import add_members as add_members
from .filling import add_named as add_named
from .filling import remove_members as remove_members
from .keeping import archive_segment as archive_segment
from .keeping import may_change as may_change
from .keeping import may_fill as may_fill
from .keeping import save_segment as save_segment
from .presets import ship as ship
from .recounting import fix_members as fix_members
from .recounting import note_facts as note_facts
from .recounting import note_speed as note_speed
from .recounting import recount as recount
from .recounting import recount_later as recount_later
