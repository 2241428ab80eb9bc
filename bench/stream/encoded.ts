import type { PublicBroadcast } from '../../shared/hub-api/broadcast.ts'

/** A picture as it is encoded: pixels, and bits per second. */
export interface Encoded {
  readonly width: number
  readonly height: number
  readonly bitrate: number
}

/** What the broadcast desk asks its encoders for, by what it announced (`features/broadcast/announcement.ts`). */
export const encodedOf = ({ renditions }: Pick<PublicBroadcast, 'renditions'>): Encoded[] =>
  renditions.flatMap(({ bandwidth, picture }) =>
    picture ? [{ ...picture, bitrate: Math.round((bandwidth - 80_000) / 1.3) }] : [],
  )
