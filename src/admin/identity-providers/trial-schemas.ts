// Schemas of the trial of an identity provider: what a sign-in would make of an ID token or of claims.
import { z } from 'zod'

/** An ID token, or claims as if the provider had sent them. */
export type TrialInput = { readonly token: string } | { readonly claims: Readonly<Record<string, unknown>> }

/** What a sign-in would make of a token or of claims. */
export interface ProviderTrial {
  /** Why the token is refused, or could not be checked; undefined for claims. */
  readonly verdict:
    | { readonly refused: string | undefined; readonly unchecked: string | undefined }
    | undefined
  readonly subject: string | undefined
  readonly person: {
    readonly name: string | undefined
    readonly displayName: string | undefined
    readonly email: string | undefined
    readonly emailVerified: boolean
    readonly tags: readonly { readonly key: string; readonly value: string }[]
  }
  readonly groups: readonly { readonly name: string; readonly exists: boolean | undefined }[]
  /** Whether the provider asked for a second factor. */
  readonly secondFactor: boolean
  readonly outlook: {
    readonly would: 'sign in' | 'join' | 'create' | 'refuse' | 'unknown'
    readonly user: string | undefined
    readonly why: string
  }
}

/** Characters: the longest token that any surface takes. */
const longestToken = 20_000

export const trialBody = z.strictObject({
  token: z.string().min(1).max(longestToken).optional().meta({
    format: 'password',
    description: 'openid: an ID token, checked with the keys of the provider',
  }),
  claims: z
    .record(z.string(), z.unknown(), { error: 'must be a JSON object' })
    .optional()
    .describe('claims or attributes, as if the provider had sent them; either these or a token'),
})

export const trialAnswer = z.strictObject({
  would: z
    .enum(['sign-in', 'join', 'create', 'refuse', 'unknown'])
    .describe(
      'sign-in: of the user who has this identity; join: the identity becomes one of a user; unknown: the token could not be checked',
    ),
  ifValid: z
    .enum(['sign-in', 'join', 'create', 'refuse'])
    .optional()
    .describe('what it would be of a token that could not be checked, were it valid'),
  user: z.string().optional().describe('who that is; of a new user the name that is asked for'),
  why: z.string(),
  token: z
    .strictObject({
      state: z.enum(['valid', 'refused', 'unchecked']),
      said: z.string().optional().describe('why it is refused, or could not be checked'),
    })
    .optional()
    .describe('signature, issuer, audience and times; the nonce is known at a sign-in alone'),
  subject: z.string().optional(),
  name: z.string().optional(),
  displayName: z.string().optional(),
  email: z.string().optional(),
  emailVerified: z.boolean(),
  groups: z.array(z.strictObject({ name: z.string(), exists: z.boolean() })),
  tags: z.array(z.strictObject({ key: z.string(), value: z.string() })),
  secondFactor: z
    .enum(['there', 'here', 'here-if-enrolled'])
    .describe('there: the provider says that it asked for one; here: this server asks'),
})

export type TrialAnswer = z.output<typeof trialAnswer>

const outcomes = {
  'sign in': 'sign-in',
  join: 'join',
  create: 'create',
  refuse: 'refuse',
  unknown: 'unknown',
} as const

/** @param requiresFactor whether this server asks for a second factor of those who have none yet */
export function trialOf(
  { verdict, subject, person, groups, secondFactor, outlook }: ProviderTrial,
  requiresFactor: boolean,
): z.input<typeof trialAnswer> {
  const would = outcomes[outlook.would]
  const isUnchecked = verdict?.unchecked !== undefined && would !== 'refuse'
  const { name, displayName, email, emailVerified, tags } = person
  return {
    would: isUnchecked ? 'unknown' : would,
    ...(isUnchecked && would !== 'unknown' && { ifValid: would }),
    ...(outlook.user !== undefined && { user: outlook.user }),
    why: outlook.why,
    ...(verdict && { token: tokenOf(verdict) }),
    ...(subject !== undefined && { subject }),
    ...(name !== undefined && { name }),
    ...(displayName !== undefined && { displayName }),
    ...(email !== undefined && { email }),
    emailVerified,
    groups: groups.map((group) => ({ name: group.name, exists: group.exists === true })),
    tags: tags.map(({ key, value }) => ({ key, value })),
    secondFactor: secondFactor ? 'there' : requiresFactor ? 'here' : 'here-if-enrolled',
  }
}

function tokenOf({ refused, unchecked }: NonNullable<ProviderTrial['verdict']>) {
  const said = refused ?? unchecked
  const state = refused !== undefined ? 'refused' : unchecked !== undefined ? 'unchecked' : 'valid'
  return { state, ...(said !== undefined && { said }) } as const
}

/** As for `chancery provider try`: it would be refused, or is not known. */
export const isNoSignIn = (answer: unknown): boolean => {
  const tried = trialAnswer.safeParse(answer)
  return !tried.success || tried.data.would === 'refuse' || tried.data.would === 'unknown'
}
