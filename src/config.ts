// Settings, parsed once: environment variables and the YAML file they name become one readonly Config, or one
// Problem that lists every fault. Nothing else reads process.env. The table of docs/configuration.md is printed from `variables`.
import { resolve } from 'node:path'
import { z } from 'zod'
import { type logLevels, parseVariables, type Variables } from './config/environment.ts'
import { readEnvironmentFiles } from './config/environment-files.ts'
import { type FileConfig, fileSchema, readFile } from './config/file.ts'
import { withSecretFiles } from './config/substitute.ts'
import { Problem } from './problem.ts'
import { Secret } from './secure/secret.ts'

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

/** The data directory alone, for commands that reach a running server whatever the other settings are. */
export const dataDirOf = (env: Readonly<Record<string, string | undefined>>, cwd: string): string =>
  resolve(cwd, env['CHANCERY_DATA'] || './data')

/**
 * Reads every setting. Relative paths are taken from `cwd`.
 * @throws Problem('invalid_input') naming every fault of the environment and of the file at once
 */
export function readConfig(given: Readonly<Record<string, string | undefined>>, cwd: string): Config {
  const { env, faults: fileFaults } = readEnvironmentFiles(given, cwd)
  const { given: set, values, faults: variableFaults } = parseVariables(env)
  const file = readFile(set['CHANCERY_CONFIG'], env, cwd)
  const faults = [...fileFaults, ...variableFaults, ...file.faults]
  if (values === undefined || faults.length > 0) {
    throw new Problem(
      'invalid_input',
      ['the configuration has faults:', ...faults.map((fault) => `  ${fault}`)].join('\n'),
    )
  }
  return { ...configOf(values, file.config, cwd), traces: tracesOf(given) }
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

function configOf(given: Variables, file: FileConfig, cwd: string): Config {
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
