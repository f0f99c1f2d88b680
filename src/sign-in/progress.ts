// Serializes the progress of a sign-in, which is stored on the server with the interaction and bound to its uid and cookie.
// An empty POST, the back button or a request for a later step therefore cannot skip a factor (attacks.md 20).
import { z } from 'zod'
import type { SignInStatus } from './credentials.ts'
import { signOutNamesSchema } from './federation/sign-out-names.ts'
import type { Progress } from './step.ts'

/** Name of the interaction's note. */
export const progressNote = 'progress'

/** Seconds for which a checked password remains valid within a sign-in. */
export const progressLifetime = 15 * 60

const schema = z.strictObject({
  userId: z.string().min(1),
  amr: z.array(z.enum(['pwd', 'otp', 'mfa', 'hwk', 'user', 'fed', 'kba'])),
  provenAt: z.number().int(),
  password: z.number().int().optional(),
  factor: z.string().optional(),
  trustsBrowser: z.boolean().optional(),
  byPasskey: z.boolean().optional(),
  device: z.string().optional(),
  unsavedCodes: z.boolean(),
  setup: z.array(z.enum(['password', 'code', 'new-password', 'authenticator', 'recovery-codes'])),
  upstream: z
    .strictObject({
      provider: z.string(),
      name: z.string(),
      leave: z.string().optional(),
      signOutNames: signOutNamesSchema.optional(),
      authTime: z.number().int().optional(),
      asksFactor: z.boolean(),
    })
    .optional(),
})

export const writeProgress = (progress: Progress): string => JSON.stringify(progress)

/** Undefined when there is no note, or it has another form. */
export function readProgress(text: string | undefined): Progress | undefined {
  if (text === undefined) return undefined
  const parsed = schema.safeParse(JSON.parse(text))
  return parsed.success ? { device: undefined, ...parsed.data } : undefined
}

/**
 * False when the progress has expired, or the password that it is based on was replaced since. `passwordChangedAt` only grows: a
 * newer one than the user's was set in this sign-in by another worker process, and the user read here is up to a second old.
 */
export const stillHolds = (
  {
    provenAt,
    upstream,
    password,
    byPasskey,
  }: Pick<Progress, 'provenAt' | 'upstream' | 'password' | 'byPasskey'>,
  { passwordChangedAt }: Pick<SignInStatus, 'passwordChangedAt'>,
  now: number,
): boolean =>
  now - provenAt < progressLifetime &&
  (upstream !== undefined ||
    byPasskey === true ||
    (password !== undefined && passwordChangedAt !== undefined && password >= passwordChangedAt))
