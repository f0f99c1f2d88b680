// Operations that end sessions by what they depend on (docs/ends.md), list such revocations and lift them.
import { z } from 'zod'
import { accountOf } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import { pageOfItems } from '../../iam/paging.ts'
import { type RevocationScope, revocationScopes } from '../../sts/operation/revoke.ts'
import { instant } from '../instant.ts'
import { listOf, page, pageQuery } from '../list.ts'
import { type Operation, operation } from '../operation.ts'
import { dryRun } from '../people/ending.ts'
import { nothing } from '../people/target.ts'

const names = Object.keys(revocationScopes) as [RevocationScope, ...RevocationScope[]]
const scope = z.enum(names).describe('what the sessions depend on')
const value = z
  .string()
  .min(1)
  .max(512)
  .describe('unique id, ARN, client id, access key id or source identity, as docs/ends.md says for the scope')

const resource = 'arn:aws:sts::<account>:sessions/<scope>/<value>'
const target = (
  _: unknown,
  call: Call,
  input: { readonly scope: RevocationScope; readonly value: string },
) => ({ arn: `arn:aws:sts::${accountOf(call.caller)}:sessions/${input.scope}/${input.value}`, value: true })

const revocation = z.strictObject({
  scope: z.string(),
  value: z.string(),
  before: z.iso.datetime().describe('sessions made before this instant have ended'),
  expiresAt: z.iso.datetime().describe('when no such session would be alive anyway'),
})

const ending = z.strictObject({
  dryRun: z.boolean().describe('true: nothing was changed'),
  before: z.iso.datetime().optional(),
  ends: z.strictObject({
    sessions: z.string().describe('which sessions end; those of roles are not stored, so not counted'),
    browserSessions: z.int().describe('of one person, for the scope sign-in'),
    applications: z.array(z.string()).describe('client ids, for the scope sign-in'),
    warning: z.string().optional().describe('what is revoked does not exist in this account'),
  }),
})

export const sessionOperations: readonly Operation[] = [
  operation({
    name: 'ListRevocations',
    method: 'GET',
    path: '/revocations',
    summary: 'list the revocations in force',
    resource: 'arn:aws:sts::<account>:sessions/*',
    params: nothing,
    query: z.strictObject(pageQuery),
    body: nothing,
    answer: listOf(revocation),
    command: { words: 'sessions revocations', columns: ['scope', 'value', 'before', 'expiresAt'] },
    target: (_, call) => ({ arn: `arn:aws:sts::${accountOf(call.caller)}:sessions/*`, value: true }),
    async run({ people: { markers }, revocations }, { call, input }) {
      const all = await revocations.list(call)
      const answer = await page(
        { markers, call, list: 'revocations' },
        input,
        async (list, request) =>
          pageOfItems(markers, call, list, request, all, (one) => `${one.scope} ${one.value}`),
        (one) => ({
          scope: one.scope,
          value: one.value,
          before: instant(one.before),
          expiresAt: instant(one.expiresAt),
        }),
      )
      return { answer }
    },
  }),
  operation({
    name: 'RevokeSessions',
    method: 'POST',
    path: '/revocations',
    summary: 'end every session that depends on something',
    resource,
    params: nothing,
    query: nothing,
    body: z.strictObject({
      scope,
      value,
      before: z.iso
        .datetime()
        .optional()
        .describe('only those made before this instant; default all made until now'),
      offline: z.boolean().default(false).describe('scope sign-in: applications with offline_access too'),
      dryRun,
    }),
    answer: ending,
    command: { words: 'sessions revoke' },
    target,
    async run({ revocations }, { call, input }) {
      const { before, dryRun: only, ...named } = input
      const request = {
        ...named,
        ...(before !== undefined && { before: Math.floor(Date.parse(before) / 1000) }),
      }
      const ends = await revocations.ending(call, request)
      const answer = { dryRun: only, ends: { ...ends, applications: [...ends.applications] } }
      if (only) return { answer }
      const made = instant(await revocations.revoke(call, request))
      return { answer: { ...answer, before: made }, after: { before: made, ends } }
    },
  }),
  operation({
    name: 'LiftRevocation',
    method: 'DELETE',
    path: '/revocations',
    summary: 'lift a revocation: sessions that it had ended and that have not expired are accepted again',
    resource,
    params: nothing,
    query: z.strictObject({ scope, value }),
    body: nothing,
    answer: z.strictObject({ lifted: z.iso.datetime() }),
    command: { words: 'sessions lift' },
    target,
    async run({ revocations }, { call, input }) {
      const lifted = instant(await revocations.lift(call, input))
      return { answer: { lifted }, before: { before: lifted } }
    },
  }),
]
