// Operations that make one-time links: for a person who forgot their password, and for somebody new.
import { z } from 'zod'
import { accountOf } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import type { Person } from '../../iam/people/person.ts'
import { Problem } from '../../problem.ts'
import { instant } from '../instant.ts'
import { type Operation, operation } from '../operation.ts'
import type { UseCases } from '../use-cases.ts'
import { groupsNamed } from './groups-of-request.ts'
import { newPersonMembers, person, personAnswer } from './schemas.ts'
import { newPersonTarget, nothing, onePerson, personResource, personTarget } from './target.ts'

const hours = (standard: number) =>
  z
    .int()
    .min(1)
    .max(24 * 14)
    .default(standard)
    .describe(`hours until the link ends, 1 to 336; default ${standard}`)

const mail = z
  .boolean()
  .default(false)
  .describe(
    'send the link to the e-mail address, which counts as verified once it was used, instead of showing it',
  )

export const linkAnswer = z.strictObject({
  url: z.string().optional().describe('give it to this person alone; it is not shown again'),
  mailedTo: z.string().optional().describe('the address that the link was sent to'),
  expiresAt: z.iso.datetime(),
})

/** The address that a link is sent to. @throws Problem('invalid_input') when it is to be sent and cannot be */
function addressForLink(
  { linkMail }: UseCases,
  { mail: isSent, email }: { readonly mail: boolean; readonly email: string | undefined },
): string | undefined {
  if (!isSent) return undefined
  if (!linkMail.isConfigured)
    throw new Problem('invalid_input', 'mail is not configured: leave `mail` out and hand the link over')
  if (email === undefined) throw new Problem('invalid_input', '`mail` needs an e-mail address of the person')
  return email
}

async function linkFor(
  { links, linkUrl, linkMail }: UseCases,
  call: Call,
  { id }: Person,
  { hours: lifetime, sentTo }: { readonly hours: number; readonly sentTo: string | undefined },
): Promise<z.input<typeof linkAnswer>> {
  const made = await links.create({ id, accountId: accountOf(call.caller) }, lifetime * 3600, sentTo)
  const expiresAt = instant(made.expiresAt)
  if (sentTo === undefined) return { url: linkUrl(made.token), expiresAt }
  await linkMail.send({ id }, made).catch(async (error: unknown) => {
    // Nobody received the link, so it is removed; a retry makes a new one.
    await links.removeAll({ id })
    throw error
  })
  return { mailedTo: sentTo, expiresAt }
}

const {
  password: _password,
  passwordHash: _passwordHash,
  mustChangePassword: _mustChange,
  confirmEmail: _confirmEmail,
  state: _state,
  ...invited
} = newPersonMembers

export const linkOperations: readonly Operation[] = [
  operation({
    name: 'CreateSignInLink',
    method: 'POST',
    path: '/people/:person/sign-in-link',
    summary: 'make a one-time link with which the person chooses a new password; earlier links end',
    resource: personResource,
    params: onePerson,
    query: nothing,
    body: z.strictObject({ hours: hours(1), mail }),
    answer: linkAnswer,
    status: 201,
    command: { words: 'people sign-in-link' },
    target: personTarget,
    async run(use, { call, input, target }) {
      const sentTo = addressForLink(use, { mail: input.mail, email: target.email })
      const answer = await linkFor(use, call, target, { hours: input.hours, sentTo })
      return { answer, after: { linkUntil: answer.expiresAt } }
    },
  }),
  operation({
    name: 'InvitePerson',
    method: 'POST',
    path: '/invitations',
    summary: 'create a person without a password, and a one-time link with which they choose one',
    resource: personResource,
    also: ['AddGroupMember', 'VerifyPersonEmail'],
    params: nothing,
    query: nothing,
    body: z.strictObject({ ...invited, hours: hours(72), mail }),
    answer: z.strictObject({ person, ...linkAnswer.shape }),
    status: 201,
    command: { words: 'people invite' },
    target: newPersonTarget,
    async run(use, { call, input }) {
      const sentTo = addressForLink(use, { mail: input.mail, email: input.email })
      const groups = await groupsNamed(use, call, 'groups', input.groups ?? [])
      const made = await use.peopleChanges.create(call, { ...input, groups: groups.map(({ id }) => id) })
      const link = await linkFor(use, call, made, { hours: input.hours, sentTo })
      const shown = personAnswer(made)
      return { answer: { person: shown, ...link }, after: { ...shown, linkUntil: link.expiresAt } }
    },
  }),
]
