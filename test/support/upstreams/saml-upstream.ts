// An identity provider that is not built on our SAML library: SimpleSAMLphp under PHP's own server, on loopback, from a
// configuration in a directory of its own.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { lacking } from '../outside-tool.ts'
import { found } from '../waiting.ts'
import { bare, makeKeyPair } from './saml-forge.ts'

const home = '/usr/share/simplesamlphp'
const simplesamlphp = `exit(is_file('${home}/lib/_autoload.php') && extension_loaded('dom') && extension_loaded('mbstring') ? 0 : 1);`

/** What node:test's `skip` takes. */
export const noSamlUpstream = lacking('php', '-r', simplesamlphp) || lacking('openssl', 'version')

export const people = {
  alice: {
    username: 'alice',
    password: 'correct horse alice',
    mail: 'alice@acme.example',
    groups: ['staff'],
  },
  bob: { username: 'bob', password: 'correct horse bob', mail: 'bob@acme.example', groups: [] },
} as const

export interface SamlUpstreamOptions {
  /** Our metadata's address. */
  readonly spEntityId: string
  readonly acs: string
  /** PEM, with which it checks our requests; they need not be signed without. */
  readonly spCertificate?: string
  /** Where it sends the browser after signing out. */
  readonly signedOut?: string
}

export interface SamlUpstream {
  readonly url: string
  /** Its metadata, XML, as it serves it. */
  readonly metadata: string
  readonly people: typeof people
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export async function startSamlUpstream(options: SamlUpstreamOptions): Promise<SamlUpstream> {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-idp-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  configure(dir, url, options)
  const child = spawn(
    'php',
    [
      '-d',
      `session.save_path=${dir}`,
      '-S',
      `127.0.0.1:${port}`,
      '-t',
      `${home}/www`,
      join(dir, 'router.php'),
    ],
    {
      env: { PATH: process.env['PATH'] ?? '', SIMPLESAMLPHP_CONFIG_DIR: dir },
      stdio: 'ignore',
    },
  )
  running.add(child)
  const stop = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    if (child.exitCode === null && child.signalCode === null) {
      child.kill()
      await ended
    }
    running.delete(child)
    rmSync(dir, { recursive: true, force: true })
  }
  try {
    return { url, metadata: await metadataOf(`${url}/saml2/idp/metadata.php`, child), people, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function metadataOf(address: string, child: ChildProcess): Promise<string> {
  const response = await found('an answer of SimpleSAMLphp', () => {
    if (child.exitCode !== null) throw new Error('SimpleSAMLphp did not start')
    return fetch(address).catch(() => undefined)
  })
  if (response.ok) return response.text()
  throw new Error(`SimpleSAMLphp: ${response.status} ${(await response.text()).slice(0, 2000)}`)
}

function configure(
  dir: string,
  url: string,
  { spEntityId, acs, spCertificate, signedOut }: SamlUpstreamOptions,
) {
  const { key, certificate } = makeKeyPair()
  const write = (name: string, text: string) => writeFileSync(join(dir, name), text, { mode: 0o600 })
  mkdirSync(join(dir, 'metadata'))
  write('idp.key', key)
  write('idp.crt', certificate)
  write(
    'config.php',
    php('config', {
      baseurlpath: `${url}/`,
      certdir: `${dir}/`,
      loggingdir: `${dir}/`,
      datadir: `${dir}/`,
      tempdir: dir,
      metadatadir: join(dir, 'metadata'),
      secretsalt: 'a salt of the tests',
      'auth.adminpassword': 'not used by anybody',
      'logging.handler': 'file',
      'enable.saml20-idp': true,
      'module.enable': { exampleauth: true, core: true, saml: true },
      'session.cookie.secure': false,
      'session.cookie.samesite': null,
      'session.phpsession.cookiename': 'idp',
      'session.phpsession.savepath': dir,
      'language.available': ['en'],
      'language.default': 'en',
      'store.type': 'phpsession',
      'trusted.url.domains': [],
      'metadata.sources': [{ type: 'flatfile' }],
      'admin.checkforupdates': false,
      timezone: 'UTC',
    }),
  )
  write(
    'authsources.php',
    php('config', {
      directory: {
        0: 'exampleauth:UserPass',
        ...Object.fromEntries(
          Object.values(people).map(({ username, password, mail, groups }) => [
            `${username}:${password}`,
            { uid: [username], mail: [mail], groups: [...groups] },
          ]),
        ),
      },
    }),
  )
  write(
    'metadata/saml20-idp-hosted.php',
    php(`metadata['${url}/saml2/idp/metadata.php']`, {
      host: '__DEFAULT__',
      privatekey: 'idp.key',
      certificate: 'idp.crt',
      auth: 'directory',
      'signature.algorithm': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      authproc: { 3: { class: 'saml:PersistentNameID', attribute: 'uid' } },
    }),
  )
  write(
    'metadata/saml20-sp-remote.php',
    php(`metadata['${spEntityId}']`, {
      AssertionConsumerService: acs,
      ...(signedOut === undefined ? {} : { SingleLogoutService: signedOut }),
      NameIDFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      ...(spCertificate === undefined
        ? {}
        : { certData: bare(spCertificate), 'validate.authnrequest': true, 'redirect.validate': true }),
    }),
  )
  // PHP's server takes `module.php/core/page.php` for a file of that name.
  write(
    'router.php',
    `<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (preg_match('~^(/module\\.php)(/.*)$~', $path, $found)) {
  $_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = $found[1];
  $_SERVER['PATH_INFO'] = $found[2];
  chdir('${home}/www');
  require '${home}/www/module.php';
  return true;
}
return false;
`,
  )
}

type Value = string | boolean | null | number | readonly Value[] | { readonly [name: string]: Value }

const php = (variable: string, value: Value): string => `<?php\n$${variable} = ${phpOf(value)};\n`

function phpOf(value: Value): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value)
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&')}'`
  const entries = Array.isArray(value)
    ? value.map((one: Value) => phpOf(one))
    : Object.entries(value).map(
        ([name, one]) => `${/^\d+$/.test(name) ? name : phpOf(name)} => ${phpOf(one)}`,
      )
  return `[${entries.join(', ')}]`
}
