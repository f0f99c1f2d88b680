// How the values of the environment variables are checked; config.ts lists them with their meaning.
import { isIP } from 'node:net'
import { z } from 'zod'
import { suggestion } from '../web/closest.ts'
import { schemaMessage } from '../web/schema-messages.ts'

export const logLevels = ['error', 'warn', 'info'] as const

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]'])

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
)
const whole = (low: number, high: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${low} to ${high}`)
    .transform(Number)
    .refine((n) => n >= low && n <= high, `must be a whole number from ${low} to ${high}`)

const issuer = z.string().transform((text, context) => {
  const fault = (message: string) => {
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  }
  const url = URL.parse(text)
  if (!url || !['http:', 'https:'].includes(url.protocol)) return fault('must be an http or https URL')
  if (url.username || url.password || url.search || url.hash)
    return fault('must have no user, query or fragment')
  if (url.pathname !== '/') return fault('must have no path: every path of the origin is ours')
  if (url.protocol === 'http:' && !loopbackHosts.has(url.hostname))
    return fault('must be https unless it is loopback')
  return url.origin
})

const range = z
  .string()
  .refine(isRange, { error: (issue) => `\`${String(issue.input)}\` must be an IP address or a CIDR range` })

function isRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

/** Values of all variables, with their defaults; see parseVariables. */
const environment = z
  .strictObject({
    CHANCERY_PORT: whole(0, 65_535).default(3000),
    CHANCERY_HOST: z.string().min(1).default('127.0.0.1'),
    CHANCERY_ISSUER: issuer.optional(),
    CHANCERY_PREVIOUS_ISSUER: issuer.optional(),
    CHANCERY_DATA: z.string().min(1).default('./data'),
    CHANCERY_STORE: z
      .string()
      .regex(/^(sqlite:.+|mongodb(\+srv)?:\/\/.+)$/s, 'must be `sqlite:<path>` or `mongodb://…`')
      .optional(),
    CHANCERY_KEYS: z.string().min(1).default('./keys'),
    CHANCERY_CONFIG: z.string().min(1).optional(),
    CHANCERY_ACCOUNT_ID: z
      .string()
      .regex(/^\d{12}$/, 'must be 12 digits')
      .optional(),
    CHANCERY_ROOT_ACCESS_KEY_ID: z
      .string()
      .regex(/^[\w+=,.@-]{3,128}$/, 'must be 3 to 128 characters of `A-Z a-z 0-9 _+=,.@-`')
      .optional(),
    CHANCERY_ROOT_SECRET_ACCESS_KEY: z.string().min(8, 'must be at least 8 characters').max(256).optional(),
    CHANCERY_ADMIN_NAME: z
      .string()
      .regex(/^[\w+=,.@-]{1,64}$/, 'must be 1 to 64 characters of `A-Z a-z 0-9 _+=,.@-`')
      .default('admin'),
    CHANCERY_ADMIN_PASSWORD: z.string().min(8, 'must be at least 8 characters').max(128).optional(),
    CHANCERY_OUTBOUND_ALLOW: list.default([]),
    CHANCERY_TLS_CERT: z.string().min(1).optional(),
    CHANCERY_TLS_KEY: z.string().min(1).optional(),
    CHANCERY_TRUSTED_PROXIES: list.pipe(z.array(range)).default([]),
    CHANCERY_WORKERS: whole(1, 64).default(1),
    CHANCERY_LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('warn'),
    CHANCERY_METRICS_PORT: whole(0, 65_535).optional(),
    CHANCERY_METRICS_HOST: z.string().min(1).default('127.0.0.1'),
    CHANCERY_METRICS_TOKEN: z.string().min(16, 'must be at least 16 characters').max(512).optional(),
  })
  .superRefine((env, context) => {
    const together = (one: keyof typeof env, other: keyof typeof env) => {
      if ((env[one] === undefined) === (env[other] === undefined)) return
      context.addIssue({
        code: 'custom',
        path: [env[one] === undefined ? one : other],
        message: `must be set together with ${env[one] === undefined ? other : one}`,
      })
    }
    together('CHANCERY_ROOT_ACCESS_KEY_ID', 'CHANCERY_ROOT_SECRET_ACCESS_KEY')
    together('CHANCERY_TLS_CERT', 'CHANCERY_TLS_KEY')
  })

/** Variables of the test suite; the server has no use for them and does not refuse them. */
const ofTests = 'CHANCERY_TEST_'
/** Variables of commands that call a server over HTTP (cli/admin/, cli/agent/): the same shell may also start one. */
const ofClients: ReadonlySet<string> = new Set(['CHANCERY_URL', 'CHANCERY_CREDENTIAL_PROCESS_DEPTH'])

/**
 * Kubernetes sets variables for every Service of the namespace that a container starts in ("Discovering services"). Those of
 * a Service called `chancery` or `chancery-…` look like ours: `CHANCERY_PORT=tcp://10.0.0.1:80`, `CHANCERY_SERVICE_HOST`. They
 * are missing at a first start before the Service is made, and there from the second start on.
 */
const isServiceLink = (name: string, value: string): boolean =>
  /_SERVICE_(HOST|PORT(_\w+)?)$/.test(name) ||
  /_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/.test(name) ||
  (name.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(value))

export type Variables = z.output<typeof environment>

/**
 * Checks the variables whose names are ours, and leaves out the others.
 * @returns what is set, as texts; with the values, or what is wrong with each
 */
export function parseVariables(env: Readonly<Record<string, string | undefined>>): {
  readonly given: Readonly<Record<string, string | undefined>>
  readonly values: Variables | undefined
  readonly faults: readonly string[]
} {
  const given = Object.fromEntries(
    Object.entries(env).filter(
      ([name, value]) =>
        name.startsWith('CHANCERY_') &&
        !name.startsWith(ofTests) &&
        !ofClients.has(name) &&
        value !== undefined &&
        value !== '' &&
        !isServiceLink(name, value),
    ),
  )
  const { data: values, error } = environment.safeParse(given, { error: schemaMessage })
  return { given, values, faults: error?.issues.flatMap(environmentFault) ?? [] }
}

function environmentFault(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(
      (key) => `\`${key}\` is not a variable of ours${suggestion(key, Object.keys(environment.shape))}`,
    )
  return [`${String(issue.path[0])}: ${issue.message}`]
}
