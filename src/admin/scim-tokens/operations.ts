// Operations on the bearer tokens with which SCIM clients call.
import { z } from 'zod'
import { accountOf, userArn } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import type { Person } from '../../iam/people/person.ts'
import { instant } from '../instant.ts'
import { listOf, page, pageQuery } from '../list.ts'
import { type Operation, operation, type Target } from '../operation.ts'
import { line, personName } from '../people/schemas.ts'
import { nothing, personTarget } from '../people/target.ts'
import type { UseCases } from '../use-cases.ts'

export const scimToken = z.strictObject({
  id: z.string().describe('first part of the token, up to the dot'),
  userId: z.string().describe('unique id of the user as whom it acts'),
  description: z.string().optional(),
  verifiesEmail: z.boolean(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().optional(),
  lastUsed: z.iso.datetime().optional(),
})

export const madeScimToken = scimToken.extend({ token: z.string().describe('it is not shown again') })

type Found = NonNullable<Awaited<ReturnType<UseCases['scimTokens']['find']>>>

const tokenAnswer = (from: Found): z.input<typeof scimToken> => ({
  id: from.id,
  userId: from.userId,
  verifiesEmail: from.verifiesEmail,
  createdAt: instant(from.createdAt),
  ...(from.description !== undefined && { description: from.description }),
  ...(from.expiresAt !== undefined && { expiresAt: instant(from.expiresAt) }),
  ...(from.lastUsed !== undefined && { lastUsed: instant(from.lastUsed) }),
})

const day = 86_400
const resource = 'arn:aws:iam::<account>:user/<path><name>'

/** The user as whom a token acts: whoever may manage that user's tokens can act as the user. */
async function ownerOf(use: UseCases, call: Call, id: string): Promise<Target<Found>> {
  const value = await use.scimTokens.find(call, id)
  const owner = value && (await use.people.find(call, value.userId))
  const arn = owner?.arn ?? userArn({ accountId: accountOf(call.caller), path: '/', name: id.slice(0, 64) })
  return { arn, value }
}

export const scimTokenOperations: readonly Operation[] = [
  operation({
    name: 'CreateScimToken',
    method: 'POST',
    path: '/scim-tokens',
    summary: 'make a bearer token for SCIM that acts as a user, with the permissions of that user',
    resource,
    params: nothing,
    query: nothing,
    body: z.strictObject({
      user: personName,
      description: line(256).optional().describe('what it is for'),
      verifiesEmail: z
        .boolean()
        .default(false)
        .describe('e-mail addresses set with it are known to be the persons’'),
      days: z.int().min(1).max(3650).optional().describe('days until it ends; default never'),
    }),
    answer: madeScimToken,
    status: 201,
    command: { words: 'scim-tokens create' },
    target: (use, call, { user }): Promise<Target<Person>> => personTarget(use, call, { person: user }),
    async run({ scimTokens }, { call, input: { days, ...input }, target }) {
      const expiresAt = days === undefined ? undefined : call.circumstances.now + days * day
      const made = await scimTokens.create(call, target, { ...input, expiresAt })
      const answer = tokenAnswer(made.record)
      return { answer: { ...answer, token: made.token }, after: answer }
    },
  }),
  operation({
    name: 'ListScimTokens',
    method: 'GET',
    path: '/scim-tokens',
    summary: 'list bearer tokens for SCIM, with their last use',
    resource: 'arn:aws:iam::<account>:user/*',
    params: nothing,
    query: z.strictObject(pageQuery),
    body: nothing,
    answer: listOf(scimToken),
    command: { words: 'scim-tokens list', columns: ['id', 'userId', 'description', 'lastUsed', 'expiresAt'] },
    target: (_, call) => ({ arn: `arn:aws:iam::${accountOf(call.caller)}:user/*`, value: true }),
    async run({ scimTokens }, { call, input }) {
      const list = 'scim tokens'
      const read = (_: string, request: Parameters<typeof scimTokens.list>[1]) =>
        scimTokens.list(call, request)
      return { answer: await page({ markers: scimTokens.markers, call, list }, input, read, tokenAnswer) }
    },
  }),
  operation({
    name: 'DeleteScimToken',
    method: 'DELETE',
    path: '/scim-tokens/:token',
    summary: 'delete a bearer token for SCIM; it is refused from now on',
    resource,
    params: z.strictObject({ token: z.string().min(1).max(64).describe('its id') }),
    query: nothing,
    body: nothing,
    answer: z.undefined(),
    command: { words: 'scim-tokens delete' },
    target: (use, call, { token: id }) => ownerOf(use, call, id),
    async run({ scimTokens }, { target }) {
      await scimTokens.remove(target)
      return { answer: undefined, before: tokenAnswer(target) }
    },
  }),
]
