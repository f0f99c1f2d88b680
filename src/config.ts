// Settings, parsed once: environment variables and the YAML file they name become one readonly Config, or one
// Problem that lists every fault. Nothing else reads process.env. The table of docs/configuration.md is printed from `variables`.
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { auditSchema } from './audit/settings.ts'
import { readEnvironmentFiles } from './config/environment-files.ts'
import { substitute, withSecretFiles } from './config/substitute.ts'
import { forwardAuthSchema } from './decision/forward-auth/settings.ts'
import { identityProvidersSchema } from './federation/kinds.ts'
import { mailKeys, mailSchema } from './mail/settings.ts'
import { registrationKeys, registrationSchema } from './oidc/clients/registration-limits.ts'
import { clientKeys, clientsSchema, resourceSchema, resourcesSchema } from './oidc/clients/settings.ts'
import { Problem } from './problem.ts'
import { Secret } from './secure/secret.ts'

/** `decision_log:`: which AuthZEN and forward-auth decisions go on record. Refusals do unless it is off: an auditor asks for those first. */
const decisionLogSchema = z
  .strictObject({
    /** `off` · `sampled`: every deny, and `rate` of the allows · `full` */
    mode: z.enum(['off', 'sampled', 'full']).default('sampled'),
    rate: z.number().min(0).max(1).default(0),
  })
  .prefault({})

/** The YAML file: each section is owned by the room that uses it. */
const fileSchema = z.strictObject({
  /** Of two files that have one, the greater counts, whenever their processes start (iam/configuration). */
  revision: z.number().int().min(0).optional(),
  clients: clientsSchema,
  resources: resourcesSchema,
  registration: registrationSchema,
  /** PKCE from confidential clients too. */
  require_pkce: z.boolean().default(false),
  identity_providers: identityProvidersSchema,
  decision_log: decisionLogSchema,
  /** Where the audit trail is sent, and how long it is kept. */
  audit: auditSchema,
  /** Hosts that reverse proxies protect by asking this server. */
  forward_auth: forwardAuthSchema,
  /** Without it nothing is sent. */
  mail: mailSchema.optional(),
})

export type FileConfig = z.output<typeof fileSchema>

export interface Config {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** The public URL, no trailing slash. Undefined until the port is known, when neither is given. */
  readonly issuer: string | undefined
  /** The issuer that this store was used with before, which confirms that it changes. */
  readonly previousIssuer: string | undefined
  readonly dataDir: string
  readonly store:
    | { readonly engine: 'sqlite'; readonly path: string }
    | { readonly engine: 'mongodb'; readonly url: Secret }
  readonly keysDir: string
  readonly accountId: string | undefined
  readonly rootKey: { readonly id: string; readonly secret: Secret } | undefined
  readonly admin: { readonly name: string; readonly password: Secret | undefined }
  /** Host names, lower case. */
  readonly outboundAllow: ReadonlySet<string>
  readonly tls: { readonly cert: string; readonly key: string } | undefined
  /** Addresses or CIDR ranges. */
  readonly trustedProxies: readonly string[]
  readonly workers: number
  /** Where `/metrics` is served; undefined: nowhere. */
  readonly metrics:
    | { readonly host: string; readonly port: number; readonly token: Secret | undefined }
    | undefined
  /** The least severe lines that the log has; `info` includes the access log. */
  readonly logLevel: (typeof logLevels)[number]
  /** Whether the standard variables of OpenTelemetry name a receiver of traces, which the exporter reads itself. */
  readonly traces: { readonly sampler: (typeof traceSamplers)[number]; readonly ratio: number } | undefined
  readonly file: FileConfig
}

const logLevels = ['error', 'warn', 'info'] as const

/** OpenTelemetry specification, "SDK Environment Variables". */
const traceSamplers = [
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
  'always_on',
  'always_off',
  'traceidratio',
] as const

/** The public URL; that of `port` on this machine when CHANCERY_ISSUER is not set. */
export const issuerOf = (config: Config, port = config.port): string =>
  config.issuer ?? `${config.tls ? 'https' : 'http'}://localhost:${port}`

interface Variable {
  readonly name: string
  readonly default: string
  readonly meaning: string
}

/** Every variable we read, in the order of the table in docs/configuration.md. */
export const variables: readonly Variable[] = [
  { name: 'CHANCERY_PORT', default: '3000', meaning: 'port it listens on; 0 takes a free one' },
  { name: 'CHANCERY_HOST', default: '127.0.0.1', meaning: 'address it listens on' },
  {
    name: 'CHANCERY_ISSUER',
    default: 'http://localhost:$PORT',
    meaning: 'the public URL; https required unless it is loopback',
  },
  {
    name: 'CHANCERY_PREVIOUS_ISSUER',
    default: 'none',
    meaning: 'confirms that the issuer of an existing store changes: the one it had',
  },
  { name: 'CHANCERY_DATA', default: './data', meaning: 'embedded store, audit, first-run file' },
  {
    name: 'CHANCERY_STORE',
    default: 'sqlite:$DATA/chancery.db',
    meaning: 'the embedded store, or `mongodb://…` / `mongodb+srv://…` for more than one machine',
  },
  {
    name: 'CHANCERY_KEYS',
    default: './keys',
    meaning: 'the master key (created 0600 on first start, never committed)',
  },
  {
    name: 'CHANCERY_CONFIG',
    default: 'none',
    meaning: 'YAML file: OIDC clients, identity providers, mail, limits',
  },
  { name: 'CHANCERY_ACCOUNT_ID', default: 'made on first start', meaning: '12 digits, the first account' },
  {
    name: 'CHANCERY_ROOT_ACCESS_KEY_ID',
    default: 'made on first start',
    meaning: "the account root's key id, 3 characters or more",
  },
  {
    name: 'CHANCERY_ROOT_SECRET_ACCESS_KEY',
    default: 'made on first start',
    meaning: "the account root's secret key, 8 characters or more",
  },
  { name: 'CHANCERY_ADMIN_NAME', default: 'admin', meaning: 'the first person' },
  {
    name: 'CHANCERY_ADMIN_PASSWORD',
    default: 'made on first start',
    meaning: 'their password; a generated one must be changed at first sign-in',
  },
  {
    name: 'CHANCERY_OUTBOUND_ALLOW',
    default: 'none',
    meaning:
      'hosts, comma-separated, that outbound requests may reach although they are loopback, private or plain http',
  },
  {
    name: 'CHANCERY_TLS_CERT',
    default: 'none',
    meaning: 'serve https directly: certificate chain, a PEM file, reread when it changes',
  },
  { name: 'CHANCERY_TLS_KEY', default: 'none', meaning: 'its private key, a PEM file' },
  {
    name: 'CHANCERY_TRUSTED_PROXIES',
    default: 'none',
    meaning: 'addresses or CIDR ranges, comma-separated, whose `X-Forwarded-*` are believed',
  },
  { name: 'CHANCERY_WORKERS', default: '1', meaning: 'processes sharing the port, 1 to 64' },
  {
    name: 'CHANCERY_LOG_LEVEL',
    default: 'warn',
    meaning: '`error`, `warn` or `info`; `info` has a line for each request',
  },
  {
    name: 'CHANCERY_METRICS_PORT',
    default: 'none',
    meaning: 'port that `/metrics` is served on, in the format of Prometheus; 0 takes a free one',
  },
  { name: 'CHANCERY_METRICS_HOST', default: '127.0.0.1', meaning: 'address that `/metrics` is served on' },
  {
    name: 'CHANCERY_METRICS_TOKEN',
    default: 'none',
    meaning: 'bearer token that `/metrics` requires, 16 characters or more',
  },
]

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

/** The data directory alone, for commands that reach a running server whatever the other settings are. */
export const dataDirOf = (env: Readonly<Record<string, string | undefined>>, cwd: string): string =>
  resolve(cwd, env['CHANCERY_DATA'] || './data')

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

/**
 * Reads every setting. Relative paths are taken from `cwd`.
 * @throws Problem('invalid_input') naming every fault of the environment and of the file at once
 */
export function readConfig(given: Readonly<Record<string, string | undefined>>, cwd: string): Config {
  const { env, faults: fileFaults } = readEnvironmentFiles(given, cwd)
  const ours = Object.fromEntries(
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
  const parsed = environment.safeParse(ours)
  const faults = [...fileFaults, ...(parsed.success ? [] : parsed.error.issues.flatMap(environmentFault))]
  const file = readFile(ours['CHANCERY_CONFIG'], env, cwd)
  faults.push(...file.faults)
  if (!parsed.success || faults.length > 0) {
    throw new Problem(
      'invalid_input',
      ['the configuration has faults:', ...faults.map((fault) => `  ${fault}`)].join('\n'),
    )
  }
  return { ...configOf(parsed.data, file.config, cwd), traces: tracesOf(given) }
}

function tracesOf(env: Readonly<Record<string, string | undefined>>): Config['traces'] {
  const isNamed = Boolean(env['OTEL_EXPORTER_OTLP_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'])
  if (!isNamed || env['OTEL_SDK_DISABLED'] === 'true' || env['OTEL_TRACES_EXPORTER'] === 'none')
    return undefined
  const ratio = Number(env['OTEL_TRACES_SAMPLER_ARG'] || 1)
  return {
    sampler: traceSamplers.find((one) => one === env['OTEL_TRACES_SAMPLER']) ?? traceSamplers[0],
    ratio: ratio >= 0 && ratio <= 1 ? ratio : 1,
  }
}

function configOf(given: z.output<typeof environment>, file: FileConfig, cwd: string): Config {
  const dataDir = resolve(cwd, given.CHANCERY_DATA)
  return {
    host: given.CHANCERY_HOST,
    port: given.CHANCERY_PORT,
    issuer: given.CHANCERY_ISSUER,
    previousIssuer: given.CHANCERY_PREVIOUS_ISSUER,
    dataDir,
    store: storeAt(given.CHANCERY_STORE, dataDir, cwd),
    keysDir: resolve(cwd, given.CHANCERY_KEYS),
    accountId: given.CHANCERY_ACCOUNT_ID,
    rootKey:
      given.CHANCERY_ROOT_ACCESS_KEY_ID === undefined || given.CHANCERY_ROOT_SECRET_ACCESS_KEY === undefined
        ? undefined
        : {
            id: given.CHANCERY_ROOT_ACCESS_KEY_ID,
            secret: new Secret(given.CHANCERY_ROOT_SECRET_ACCESS_KEY),
          },
    admin: {
      name: given.CHANCERY_ADMIN_NAME,
      password:
        given.CHANCERY_ADMIN_PASSWORD === undefined ? undefined : new Secret(given.CHANCERY_ADMIN_PASSWORD),
    },
    outboundAllow: new Set(given.CHANCERY_OUTBOUND_ALLOW.map((host) => host.toLowerCase())),
    tls:
      given.CHANCERY_TLS_CERT === undefined || given.CHANCERY_TLS_KEY === undefined
        ? undefined
        : { cert: resolve(cwd, given.CHANCERY_TLS_CERT), key: resolve(cwd, given.CHANCERY_TLS_KEY) },
    trustedProxies: given.CHANCERY_TRUSTED_PROXIES,
    workers: given.CHANCERY_WORKERS,
    metrics:
      given.CHANCERY_METRICS_PORT === undefined
        ? undefined
        : {
            host: given.CHANCERY_METRICS_HOST,
            port: given.CHANCERY_METRICS_PORT,
            token:
              given.CHANCERY_METRICS_TOKEN === undefined
                ? undefined
                : new Secret(given.CHANCERY_METRICS_TOKEN),
          },
    logLevel: given.CHANCERY_LOG_LEVEL,
    traces: undefined,
    file,
  }
}

function storeAt(text: string | undefined, dataDir: string, cwd: string): Config['store'] {
  if (text === undefined) return { engine: 'sqlite', path: resolve(dataDir, 'chancery.db') }
  if (text.startsWith('sqlite:'))
    return { engine: 'sqlite', path: resolve(cwd, text.slice('sqlite:'.length)) }
  return { engine: 'mongodb', url: new Secret(text) }
}

function environmentFault(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `\`${key}\` is not a variable of ours`)
  return [`${String(issue.path[0])}: ${issue.message}`]
}

function readFile(
  name: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): { config: FileConfig; faults: string[] } {
  const nothing = fileSchema.parse({})
  if (name === undefined) return { config: nothing, faults: [] }
  const path = resolve(cwd, name)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return {
      config: nothing,
      faults: [`CHANCERY_CONFIG: cannot read \`${path}\`: ${(error as Error).message}`],
    }
  }
  const document = parseDocument(text, { uniqueKeys: true, strict: true })
  if (document.errors.length > 0) {
    return {
      config: nothing,
      faults: document.errors.map((error) => `${name}: ${error.message.split('\n')[0]}`),
    }
  }
  let value: unknown
  try {
    // Bounds the "billion laughs" of nested aliases.
    value = document.toJS({ maxAliasCount: 50 }) ?? {}
  } catch (error) {
    return { config: nothing, faults: [`${name}: ${(error as Error).message}`] }
  }
  const found = substitute(value, env, cwd)
  const faults = found.faults.map((fault) => `${name}: ${fault}`)
  const parsed = fileSchema.safeParse(found.value)
  if (parsed.success) return { config: parsed.data, faults }
  return {
    config: nothing,
    faults: [
      ...faults,
      ...parsed.error.issues.flatMap((issue) => faultsOfFile(name, issue, found.value, fileParts)),
    ],
  }
}

/** Which keys a part of the file has. */
interface FilePart {
  /** Where its keys stand, for instance ``in an entry of `clients` ``. */
  readonly place: string
  readonly keys: readonly string[]
}

/** The faults of one issue; `value` is the file as it was read, `parts` where keys may stand. */
function faultsOfFile(
  name: string,
  issue: z.core.$ZodIssue,
  value: unknown,
  parts: readonly FilePart[],
): string[] {
  const at = issue.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
  const entry = entryNamed(value, issue.path)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const path = at === '' ? key : `${at}.${key}`
      return `${name}: \`${path}\`${entry} is not a key of ours${belongs(key, parts)}`
    })
  }
  return [`${name}: ${at === '' ? 'the file' : at}${entry}: ${issue.message}`]
}

function belongs(key: string, parts: readonly FilePart[]): string {
  const places = parts.filter(({ keys }) => keys.includes(key)).map(({ place }) => place)
  return places.length === 0 ? ' here' : ` here; it belongs ${places.join(' or ')}`
}

/** What operators call entries by, in the order in which it is looked for. */
const names = ['client_id', 'id', 'name', 'url', 'issuer'] as const

/** ` (client_id wiki)` for a path into the entry of that name; empty when the entry has none. */
function entryNamed(value: unknown, path: readonly PropertyKey[]): string {
  const [section, index] = path
  if (typeof section !== 'string' || typeof index !== 'number') return ''
  const entries = member(value, section)
  const entry: unknown = Array.isArray(entries) ? entries[index] : undefined
  for (const name of names) {
    const given = member(entry, name)
    if (typeof given === 'string') return ` (${name} \`${given.replace(/\p{Cc}/gu, '').slice(0, 128)}\`)`
  }
  return ''
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined

/** Where the keys of the file may stand, to say where one in the wrong place belongs. */
const fileParts: readonly FilePart[] = [
  { place: 'at the top of the file', keys: Object.keys(fileSchema.shape) },
  { place: 'in an entry of `clients`', keys: clientKeys },
  { place: 'in an entry of `resources`', keys: Object.keys(resourceSchema.shape) },
  { place: 'in `registration`', keys: registrationKeys },
  { place: 'in `mail`', keys: mailKeys },
]

/** The JSON schema (draft 2020-12) of the configuration file, for editors and CI; what only code can check is not in it. */
export const configurationSchema = (): object =>
  withSecretFiles({
    title: 'Chancery configuration file',
    ...z.toJSONSchema(fileSchema, { io: 'input', unrepresentable: 'any' }),
  })

/** The table of docs/configuration.md. */
export const variablesTable = (): string =>
  [
    '| variable | default | meaning |',
    '|---|---|---|',
    ...variables.map(
      ({ name, default: value, meaning }) =>
        `| \`${name}\` | ${/^[\w:./$]*[.:/$0-9]/.test(value) ? `\`${value}\`` : value} | ${meaning} |`,
    ),
  ].join('\n')
