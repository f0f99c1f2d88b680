// Members of the mail server in requests and answers of the admin API.
import { z } from 'zod'

const securities = ['starttls', 'tls', 'none'] as const

export const mailProblems = [
  'host-not-found',
  'not-allowed',
  'unreachable',
  'certificate',
  'encryption',
  'login',
  'sender',
  'recipient',
  'message',
  'other',
] as const

const outbox = z.strictObject({
  waiting: z.int().describe('messages that wait to be sent'),
  oldestAt: z.iso.datetime().optional().describe('when the oldest of them was queued'),
  failingSince: z.iso.datetime().optional().describe('since when the oldest of them could not be sent'),
  lastFailure: z.string().optional().describe('why the latest attempt to send it failed'),
})

export const mailServer = z.strictObject({
  configured: z.boolean().describe('false: nothing is sent'),
  source: z
    .enum(['file', 'stored'])
    .optional()
    .describe('file: it is in the configuration file, and is changed there; stored: UpdateMailServer set it'),
  stored: z
    .boolean()
    .describe(
      'settings of UpdateMailServer are stored; those of the configuration file count in their place',
    ),
  host: z.string().optional(),
  port: z.int().optional(),
  security: z.enum(securities).optional(),
  user: z.string().optional().describe('name to sign in with there'),
  passwordSet: z.boolean().optional(),
  from: z.string().optional(),
  replyTo: z.string().optional(),
  bouncesTo: z.string().optional().describe('envelope sender'),
  organization: z.string().optional().describe('name in the texts of accounts whose brand has none'),
  outbox: outbox.optional(),
})

/** What each member must be exactly is checked by the schema of the configuration file (mail/stored-settings.ts). */
export const mailServerChange = z.strictObject({
  host: z.string().max(512).optional().describe('the SMTP server'),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .nullable()
    .optional()
    .describe('by default 587, 465 for `tls`, 25 for `none`'),
  security: z
    .enum(securities)
    .optional()
    .describe('by default starttls; none, without encryption, needs the host in CHANCERY_OUTBOUND_ALLOW'),
  user: z.string().max(512).nullable().optional().describe('name to sign in with at the SMTP server'),
  password: z.string().max(4096).optional().meta({
    format: 'password',
    description: 'stays when it is left out, but must be given again when host, port or user change',
  }),
  from: z.string().max(512).optional().describe('`address@host` or `Name <address@host>`'),
  replyTo: z.string().max(512).nullable().optional().describe('where answers go, in the same form'),
  bouncesTo: z
    .string()
    .max(512)
    .nullable()
    .optional()
    .describe('envelope sender; by default the address of from'),
  organization: z
    .string()
    .max(512)
    .nullable()
    .optional()
    .describe('name in the texts; by default the host of the issuer'),
})

export const mailTest = z.strictObject({
  to: z.string(),
  accepted: z.boolean().describe('whether the mail server took the message'),
  answer: z.string().describe('its reply, or why there was none'),
  problem: z.enum(mailProblems).optional().describe('what failed when it was not taken'),
  advice: z.string().optional().describe('what to do when it was not taken'),
})
