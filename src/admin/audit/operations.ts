// Operations on the audit trail. Reading it is itself in the trail, as every operation is.
import { z } from 'zod'
import { outcomes } from '../../audit/outcome.ts'
import { type AuditFilter, notDone } from '../../audit/read.ts'
import { mostPerHour } from '../../audit/summary.ts'
import { accountOf } from '../../iam/arn.ts'
import { referenceIn } from '../../iam/audit/reference.ts'
import type { Call } from '../../iam/caller.ts'
import { instant } from '../instant.ts'
import { listOf, page, pageQuery } from '../list.ts'
import { type Operation, operation } from '../operation.ts'
import { nothing } from '../people/target.ts'
import type { UseCases } from '../use-cases.ts'
import { auditEntryAnswer } from './entry-answer.ts'
import { auditEntry, auditFilter } from './schemas.ts'

const auditArn = (account: string, part: string): string => `arn:aws:chancery::${account}:audit/${part}`

/** Epoch seconds; a part of a second counts as the whole. */
const secondsOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Math.floor(Date.parse(text) / 1000)

export const auditTrail = z.strictObject({
  begins: z.iso.datetime().optional().describe('time of the oldest entry of this account'),
  removedBefore: z.iso.datetime().optional().describe('retention removed the entries before it'),
  retentionDays: z.int().optional().describe('absent: entries are kept for good'),
  receivers: z
    .array(
      z.strictObject({
        name: z.string(),
        kind: z.enum(['webhook', 'syslog']),
        to: z.string().describe('origin of a webhook; host, port and transport of syslog'),
        deliveredAt: z.iso.datetime().optional(),
        failingSince: z.iso.datetime().optional(),
        error: z.string().optional(),
      }),
    )
    .describe('where the trail is forwarded to; for callers of the first account'),
})

export const auditSummary = z.strictObject({
  mostPerHour: z.int().describe('entries that are counted of one kind in one hour'),
  hours: z
    .array(
      z.strictObject({
        from: z.iso.datetime(),
        read: z.boolean().describe('false: this answer has read enough, ask again'),
        more: z.boolean().describe('there may be more than was counted'),
        parts: z.array(
          z.strictObject({
            outcome: z.enum(outcomes),
            action: z.string().optional().describe('of what was done'),
            reason: z.string().optional().describe('code of what was not done'),
            count: z.int(),
          }),
        ),
      }),
    )
    .describe('the newest first'),
})

export const auditOperations: readonly Operation[] = [
  operation({
    name: 'ListAuditEntries',
    method: 'GET',
    path: '/audit',
    summary:
      'list audit entries: by time, caller, action, outcome, resource, request, session or source identity',
    resource: 'arn:aws:chancery::<account>:audit/*',
    params: nothing,
    query: z.strictObject({
      ...pageQuery,
      // Entries are small, and whoever exports or follows the trail reads many.
      limit: z.int().min(1).max(1000).default(100).describe('entries on a page, 1 to 1000'),
      ...auditFilter,
      order: z.enum(['newest', 'oldest']).default('newest'),
      follow: z
        .boolean()
        .default(false)
        .describe('oldest first, up to two seconds ago, always with a cursor for what follows'),
    }),
    body: nothing,
    answer: listOf(auditEntry),
    command: { words: 'audit list', columns: ['time', 'outcome', 'action', 'who', 'resource', 'request'] },
    target: ({ audit }, call, { server }) => ({
      arn: auditArn(audit.accountFor(call, server), '*'),
      value: server && !audit.mayReadServer(call) ? undefined : true,
    }),
    async run({ audit }, { call, input: { limit, cursor, from, to, outcome: given, ...filter } }) {
      const outcome: AuditFilter['outcome'] = given === 'not-done' ? notDone : given
      const query = { ...filter, outcome, from: secondsOf(from), to: secondsOf(to) }
      const answer = await page(
        { markers: audit.markers, call, list: `audit ${JSON.stringify(query)}` },
        { limit, cursor },
        (list, request) => audit.list(call, query, list, request),
        auditEntryAnswer,
      )
      return { answer }
    },
  }),
  operation({
    name: 'GetAuditTrail',
    method: 'GET',
    path: '/audit-trail',
    summary: 'show where the audit trail begins, how long it is kept, and how far its receivers are',
    resource: 'arn:aws:chancery::<account>:audit/*',
    params: nothing,
    query: nothing,
    body: nothing,
    answer: auditTrail,
    command: { words: 'audit status' },
    target: (_, call) => ({ arn: auditArn(accountOf(call.caller), '*'), value: true }),
    async run({ audit, auditStatus }, { call }) {
      const { begins, removedBefore, retentionDays, receivers } = await auditStatus(accountOf(call.caller))
      const shown = audit.mayReadServer(call) ? receivers : []
      return {
        answer: {
          ...(begins !== undefined && { begins: instant(begins) }),
          ...(removedBefore !== undefined && { removedBefore: instant(removedBefore) }),
          ...(retentionDays !== undefined && { retentionDays }),
          receivers: shown.map(({ name, kind, to, deliveredAt, failingSince, error }) => ({
            name,
            kind,
            to,
            ...(deliveredAt !== undefined && { deliveredAt: instant(deliveredAt) }),
            ...(failingSince !== undefined && { failingSince: instant(failingSince) }),
            ...(error !== undefined && { error }),
          })),
        },
      }
    },
  }),
  operation({
    name: 'GetAuditSummary',
    method: 'GET',
    path: '/audit-summary',
    summary:
      'show how often people signed in, tokens were exchanged and requests were refused in each of the last 24 hours',
    resource: 'arn:aws:chancery::<account>:audit/*',
    params: nothing,
    query: nothing,
    body: nothing,
    answer: auditSummary,
    command: { words: 'audit summary' },
    target: (_, call) => ({ arn: auditArn(accountOf(call.caller), '*'), value: true }),
    async run({ auditSummary: summary }, { call }) {
      const found = await summary.of(accountOf(call.caller), call.circumstances.now)
      return {
        answer: {
          mostPerHour,
          hours: found.map(({ from, parts, ...rest }) => ({
            from: instant(from),
            ...rest,
            parts: parts.map(({ action, reason, ...part }) => ({
              ...part,
              ...(action !== undefined && { action }),
              ...(reason !== undefined && { reason }),
            })),
          })),
        },
      }
    },
  }),
  operation({
    name: 'GetAuditEntry',
    method: 'GET',
    path: '/audit/:entry',
    summary: 'show one audit entry',
    resource: 'arn:aws:chancery::<account>:audit/<entry>',
    params: z.strictObject({
      entry: z
        .string()
        .min(1)
        .max(128)
        .describe(
          'id of the entry, as `audit list --json` shows it; the reference of a request is for `why`',
        ),
    }),
    query: nothing,
    body: nothing,
    answer: auditEntry,
    command: { words: 'audit show' },
    async target({ audit }, call, { entry }) {
      const value = await audit.get(call, entry)
      return { arn: auditArn(value?.accountId ?? accountOf(call.caller), entry), value }
    },
    run: async (_, { target }) => ({ answer: auditEntryAnswer(target) }),
  }),
  operation({
    name: 'GetRequestExplanation',
    method: 'GET',
    path: '/audit/requests/:reference',
    summary: 'explain what happened to a request: the decision or the reason of its refusal, as it was then',
    resource: 'arn:aws:chancery::<account>:audit/request/<reference>',
    params: z.strictObject({
      reference: z.string().min(1).max(128).describe('reference that the error message or page showed'),
    }),
    query: nothing,
    body: nothing,
    answer: z.strictObject({ reference: z.string(), entries: z.array(auditEntry) }),
    command: { words: 'audit explain' },
    target: ({ audit }, call, { reference }) => requestTarget({ audit }, call, inTrail(reference)),
    run: async (_, { input: { reference }, target }) => ({
      answer: { reference: inTrail(reference), entries: target.map(auditEntryAnswer) },
    }),
  }),
]

/** Denials of the AWS protocol show the request id without its dashes. */
const inTrail = (reference: string): string => referenceIn(reference) ?? reference

async function requestTarget({ audit }: Pick<UseCases, 'audit'>, call: Call, reference: string) {
  const found = await audit.ofRequest(call, reference)
  return {
    arn: auditArn(accountOf(call.caller), `request/${reference}`),
    value: found.length === 0 ? undefined : found,
  }
}
