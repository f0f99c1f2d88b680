// Certificates of an authority made for one test, by the openssl command.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { lacking } from '../outside-tool.ts'

export const noOpenssl = lacking('openssl', 'version')

export interface Certified {
  /** Paths of PEM files. */
  readonly cert: string
  readonly key: string
}

const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { stdio: 'pipe' })
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

/** An authority that signs itself; files are `<name>.pem` and `<name>.key` in `dir`. */
export function makeAuthority(dir: string, name: string): Certified {
  const [cert, key] = [join(dir, `${name}.pem`), join(dir, `${name}.key`)]
  openssl('req', '-x509', ...newKey, '-keyout', key, '-out', cert, '-days', '2', '-subj', `/CN=${name}`)
  return { cert, key }
}

/** A server's certificate for `names` (as `DNS:localhost`); it ended yesterday when `days` is -1. */
export function makeCertificate(
  dir: string,
  name: string,
  authority: Certified,
  names: readonly string[],
  days = 2,
): Certified {
  const [cert, key, request] = ['pem', 'key', 'csr'].map((end) => join(dir, `${name}.${end}`)) as [
    string,
    string,
    string,
  ]
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${names.join(',')}`]
  openssl('req', ...newKey, '-keyout', key, '-out', request, ...subject)
  const signing = ['-CA', authority.cert, '-CAkey', authority.key, '-copy_extensions', 'copy']
  openssl('x509', '-req', '-in', request, ...signing, '-days', String(days), '-out', cert)
  return { cert, key }
}
