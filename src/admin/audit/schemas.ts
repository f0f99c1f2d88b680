// Audit entries and their filters as the admin API has them.
import { z } from 'zod'
import { outcomes } from '../../audit/outcome.ts'

const text = (description: string) => z.string().min(1).max(2048).optional().describe(description)

/** Each compares the whole value; together they narrow. */
export const auditFilter = {
  from: z.iso.datetime().optional().describe('entries from this instant on, RFC 3339 in UTC'),
  to: z.iso.datetime().optional().describe('entries before this instant'),
  who: text('ARN of the caller'),
  action: text('`<service>:<Action>`'),
  outcome: z
    .enum([...outcomes, 'not-done'])
    .optional()
    .describe('not-done: every outcome but done'),
  reason: text('how the reason of a refusal begins: a code such as `invalid_identity_token`, or words'),
  resource: text('ARN of the resource'),
  request: text('reference of a request, as errors, pages and answers show it'),
  session: text('access key id or `jti` of the session that acted or was issued'),
  sourceIdentity: text('source identity, along the whole chain of sessions'),
  server: z
    .boolean()
    .default(false)
    .describe('entries of no account: unknown callers, and the server itself'),
}

const texts = z.array(z.string())

export const decision = z.strictObject({
  action: z.string(),
  resource: z.string(),
  reason: z.enum(['allowed', 'explicit_deny', 'implicit_deny']),
  layer: z.string().optional().describe('the layer of policies that denied'),
  layers: z.array(
    z.strictObject({
      layer: z.string(),
      said: z.enum(['allow', 'explicit_deny', 'implicit_deny']),
      statements: texts,
    }),
  ),
  conditions: z
    .array(
      z.strictObject({
        statement: z.string(),
        operator: z.string(),
        key: z.string(),
        wanted: texts,
        seen: z.union([z.string(), texts]).optional().describe('absent: the request had no such key'),
      }),
    )
    .describe('conditions that did not hold'),
  missing: texts.describe('condition keys that the request lacked'),
  nearest: z.string().optional().describe('the smallest change that would have allowed it'),
})

export const auditEntry = z.strictObject({
  id: z.string(),
  time: z.iso.datetime(),
  account: z.string().describe('000000000000: the server itself, and callers of no account'),
  action: z.string(),
  outcome: z.enum(outcomes),
  who: z.string(),
  actor: z.record(z.string(), z.unknown()).optional(),
  resource: z.string().optional(),
  reason: z.string().optional().describe('why it was not done'),
  allowedBy: texts.optional().describe('the decisions that allowed it'),
  decision: decision.optional().describe('the decision that denied it, as it was then'),
  request: z.string(),
  sourceIp: z.string(),
  userAgent: z.string().optional(),
  details: z.unknown().optional(),
})

export type AuditEntryAnswer = z.input<typeof auditEntry>
