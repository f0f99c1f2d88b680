// A journey to an identity provider that has not come back yet, as a note of the interaction.
import { z } from 'zod'

export const tripNote = 'trip'

export interface Trip {
  /** The provider's name, and its ARN: another may have the name by the time they come back. */
  readonly provider: string
  readonly id: string
  readonly state: string
  /** What the provider's kind must know when the browser comes back. */
  readonly memory: string
}

const schema = z.strictObject({ provider: z.string(), id: z.string(), state: z.string(), memory: z.string() })

export const writeTrip = (trip: Trip): string => JSON.stringify(trip)

export const readTrip = (text: string | undefined): Trip | undefined =>
  text === undefined ? undefined : schema.safeParse(JSON.parse(text)).data
