// Somebody an identity provider vouched for and nobody here knows, as a note of the interaction. They are joined to a
// user only once every factor of that user was shown (routes.ts: finish).
import { z } from 'zod'
import { acceptedAttributes } from '../federation/mapping.ts'
import { signOutNamesSchema } from './sign-out-names.ts'
import type { Stranger } from './step.ts'

export const strangerNote = 'stranger'

const text = z.string()
const schema = z.strictObject({
  name: text,
  title: text,
  leave: text.optional(),
  signOutNames: signOutNamesSchema.optional(),
  amr: z.array(z.enum(['pwd', 'otp', 'mfa', 'hwk', 'user', 'fed', 'kba'])),
  arriving: z.strictObject({
    provider: text,
    issuer: text,
    subject: text,
    person: z.strictObject({
      name: text.optional(),
      displayName: text.optional(),
      email: text.optional(),
      emailVerified: z.boolean(),
      attributes: z.record(text, text).default({}).transform(acceptedAttributes),
      groups: z.array(text),
      tags: z.array(z.strictObject({ key: text, value: text })),
    }),
  }),
})

export const writeStranger = (stranger: Stranger): string => JSON.stringify(stranger)

/** Undefined when there is none, or what stands there is not ours. */
export function readStranger(note: string | undefined): Stranger | undefined {
  const parsed = note === undefined ? undefined : schema.safeParse(JSON.parse(note)).data
  if (parsed === undefined) return undefined
  const { person } = parsed.arriving
  const { name, displayName, email } = person
  return {
    ...parsed,
    leave: parsed.leave,
    signOutNames: parsed.signOutNames,
    arriving: { ...parsed.arriving, person: { ...person, name, displayName, email } },
  }
}

/** By what they are known there, for the page that asks who they are here. */
export const labelOf = ({ arriving: { person, subject } }: Stranger): string =>
  person.email ?? person.name ?? subject
