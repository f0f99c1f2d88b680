// Progress as the short text the provider keeps with the interaction. It lives on the server, bound to the
// interaction's uid and cookie: an empty POST, the back button or a start at step three change nothing (attacks.md 20).
import { z } from 'zod'
import type { Standing } from './credentials.ts'
import { signOutNamesSchema } from './sign-out-names.ts'
import type { Progress } from './step.ts'

/** Name of the note. */
export const progressNote = 'progress'

/** Seconds a proven password is good for. */
export const progressLifetime = 15 * 60

const schema = z.strictObject({
  userId: z.string().min(1),
  amr: z.array(z.enum(['pwd', 'otp', 'mfa', 'hwk', 'user', 'fed', 'kba'])),
  provenAt: z.number().int(),
  password: z.number().int().optional(),
  factor: z.string().optional(),
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

/** Undefined when there is none, or what stands there is not ours. */
export function readProgress(text: string | undefined): Progress | undefined {
  if (text === undefined) return undefined
  const parsed = schema.safeParse(JSON.parse(text))
  return parsed.success ? { device: undefined, ...parsed.data } : undefined
}

/** False when its time is over or the password it rests on was replaced by someone else since. */
export const stillHolds = (progress: Progress, standing: Standing, now: number): boolean =>
  now - progress.provenAt < progressLifetime &&
  (progress.upstream !== undefined ||
    (progress.password !== undefined && progress.password === standing.passwordChangedAt))
