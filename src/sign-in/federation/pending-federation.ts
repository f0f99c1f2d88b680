// A sign-in at an identity provider that has been started and not completed, stored as a note of the interaction.
import { z } from 'zod'

export const pendingFederationNote = 'pending-federation'

export interface PendingFederation {
  /** The provider's name and ARN. Both are kept, because the name may belong to another provider by the time of the response. */
  readonly provider: string
  readonly id: string
  readonly state: string
  /** State that the provider's kind needs to verify the response. */
  readonly memory: string
}

const schema = z.strictObject({ provider: z.string(), id: z.string(), state: z.string(), memory: z.string() })

export const writePendingFederation = (pending: PendingFederation): string => JSON.stringify(pending)

export const readPendingFederation = (text: string | undefined): PendingFederation | undefined =>
  text === undefined ? undefined : schema.safeParse(JSON.parse(text)).data
