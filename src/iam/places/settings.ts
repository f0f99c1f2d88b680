// `places:` of the configuration file: where to look up the place of an address.
import { z } from 'zod'

export const placesSchema = z.strictObject({
  /** Path of a file in the MaxMind DB format, with cities or countries; relative to where the server is started. */
  database: z.string().min(1).max(4096),
})

export type PlacesSettings = z.output<typeof placesSchema>
