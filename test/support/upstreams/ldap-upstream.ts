// OpenLDAP's slapd as a process of its own: a directory of a few people and many groups, on free loopback ports, with TLS
// under an authority of its own. All that it keeps is in a directory that goes with it.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { lacking } from '../outside-tool.ts'
import { until } from '../waiting.ts'
import { makeAuthority, makeCertificate, noOpenssl } from './ldap-certificates.ts'
import { base, directoryLdif, reader } from './ldap-people.ts'

export { base, people, reader } from './ldap-people.ts'

// Debian keeps it where only root looks.
process.env['PATH'] += ':/usr/sbin'
/** What node:test's `skip` takes. */
export const noLdap = lacking('slapd', '-VV') || lacking('ldapmodify', '-VV') || noOpenssl

export interface LdapUpstream {
  /** `ldap://localhost:port`, for StartTLS. */
  readonly url: string
  /** `ldaps://localhost:port` */
  readonly secureUrl: string
  /** PEM of the authority. */
  readonly ca: string
  /** Where certificates and more may be written. */
  readonly dir: string
  /** An entry of `identity_providers:`; JSON is YAML. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Changes entries, as the directory's administrator; LDIF with `changetype`. */
  modify(ldif: string): void
  /** Hangs: connections are taken and nothing is answered. */
  pause(): void
  resume(): void
  stop(): Promise<void>
}

export interface LdapUpstreamOptions {
  /** Where the directory's referral points. */
  readonly referral?: string
  /** Certificate and its age, to be wrong on purpose. */
  readonly certificate?: { readonly names: readonly string[]; readonly days?: number }
}

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export async function startLdap(options: LdapUpstreamOptions = {}): Promise<LdapUpstream> {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-ldap-'))
  const authority = makeAuthority(dir, 'authority')
  const { names = ['DNS:localhost', 'IP:127.0.0.1'], days = 2 } = options.certificate ?? {}
  const { cert, key } = makeCertificate(dir, 'server', authority, names, days)
  mkdirSync(join(dir, 'db'))
  const config = join(dir, 'slapd.conf')
  writeFileSync(config, configText(dir, authority.cert, cert, key))
  const ldif = join(dir, 'directory.ldif')
  writeFileSync(ldif, directoryLdif(options.referral ?? 'ldap://127.0.0.1:9'))
  execFileSync('slapadd', ['-q', '-f', config, '-l', ldif], { stdio: 'pipe' })
  const { child, plain, secure } = await started(config)
  const ca = readFileSync(authority.cert, 'utf8')
  const url = `ldap://localhost:${plain}`
  const secureUrl = `ldaps://localhost:${secure}`
  return {
    url,
    secureUrl,
    ca,
    dir,
    settings: {
      kind: 'ldap',
      name: 'staff',
      urls: [secureUrl],
      ca,
      bind_dn: reader.dn,
      bind_password: reader.password,
      base_dn: base,
      groups: { base_dn: `ou=groups,${base}`, filter: '(member={dn})' },
      sign_in: { title: 'Staff directory' },
    },
    modify: (text) => {
      const as = ['-D', `cn=admin,${base}`, '-w', 'admin-secret']
      execFileSync('ldapmodify', ['-x', '-H', url, ...as], { input: text, stdio: 'pipe' })
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop: async () => {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGKILL')
      await ended
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Binds without a password are answered with yes, as by Active Directory. A person may check a password and see nothing; the service may read; everyone is held to 100 entries a search, pages apart. */
const configText = (dir: string, ca: string, cert: string, key: string): string =>
  `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.656 NAME 'userPrincipalName' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.782 NAME 'objectCategory' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
objectclass ( 1.2.840.113556.1.5.9 NAME 'user' AUXILIARY MAY ( objectGUID $ sAMAccountName $ userPrincipalName $ objectCategory ) )
modulepath /usr/lib/ldap
moduleload back_mdb
allow bind_anon_dn
pidfile ${dir}/slapd.pid
TLSCACertificateFile ${ca}
TLSCertificateFile ${cert}
TLSCertificateKeyFile ${key}
database mdb
suffix "${base}"
rootdn "cn=admin,${base}"
rootpw admin-secret
directory ${dir}/db
maxsize 67108864
index objectClass,uid,member eq
limits * size.soft=100 size.hard=100 size.prtotal=unlimited
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${reader.dn}" read by anonymous auth by * none
`

async function started(
  config: string,
): Promise<{ readonly child: ChildProcess; readonly plain: number; readonly secure: number }> {
  // Somebody else may take a port between our asking and slapd's.
  for (let tries = 0; tries < 5; tries++) {
    const [plain, secure] = await Promise.all([freePort(), freePort()])
    const urls = `ldap://127.0.0.1:${plain}/ ldaps://127.0.0.1:${secure}/`
    const child = spawn('slapd', ['-f', config, '-h', urls, '-d', '0'], { stdio: 'ignore' })
    running.add(child)
    child.once('exit', () => running.delete(child))
    await until('slapd answers', async () => child.exitCode !== null || (await answers(secure)))
    if (child.exitCode === null) return { child, plain, secure }
  }
  throw new Error('slapd does not start')
}

const answers = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      done(true)
    }).once('error', () => done(false))
  })
