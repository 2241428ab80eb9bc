import { routes as accounts } from '../../features/accounts/index.ts'
import { routes as broadcast } from '../../features/broadcast/index.ts'
import { routes as captions } from '../../features/captions/index.ts'
import { routes as desk } from '../../features/desk/index.ts'
import { routes as meetingRoom } from '../../features/meeting-room/index.ts'
import { routes as meetingDesk } from '../../features/meeting-desk/index.ts'
import { routes as paperDesk } from '../../features/paper-desk/index.ts'
import { routes as reader } from '../../features/reader/index.ts'
import { routes as recut } from '../../features/recut/index.ts'
import { routes as registry } from '../../features/registry/index.ts'
import { routes as cockpit } from '../../features/cockpit/index.ts'
import { routes as projector } from '../../features/projector/index.ts'
import { routes as boards } from '../../features/boards/index.ts'
import { routes as calendar } from '../../features/calendar/index.ts'
import { routes as home } from '../../features/home/index.ts'
import { routes as meetingPanel } from '../../features/meeting-panel/index.ts'
import { routes as meetings } from '../../features/meetings/index.ts'
import { routes as minutes } from '../../features/minutes/index.ts'
import { routes as passages } from '../../features/passages/index.ts'
import { routes as papers } from '../../features/papers/index.ts'
import { routes as people } from '../../features/people/index.ts'
import { routes as roomDevice } from '../../features/room-device/index.ts'
import { routes as search } from '../../features/search/index.ts'
import { routes as settings } from '../../features/settings/index.ts'
import type { Route } from '../../ui/router/route.ts'

/** Every page of the app. A feature is listed here and nowhere else. */
export const routes: readonly Route[] = [
  ...desk,
  ...meetingDesk,
  ...paperDesk,
  ...reader,
  ...registry,
  ...home,
  ...calendar,
  ...cockpit,
  ...broadcast,
  ...captions,
  ...recut,
  ...projector,
  ...meetings,
  ...meetingPanel,
  ...meetingRoom,
  ...minutes,
  ...boards,
  ...passages,
  ...papers,
  ...people,
  ...search,
  ...settings,
  ...accounts,
  ...roomDevice,
]
