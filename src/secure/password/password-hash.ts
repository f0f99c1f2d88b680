// Password hashes as text, in the forms that other programs write: what each says, and the bounds within which it is accepted.
// A hash that takes longer to check than about a second of one core, or more than 256 MiB, is refused when it is imported, so
// that nobody who may import can stop sign-ins with it (docs/attacks.md 23).

/** Cost parameters of argon2id. */
export interface PasswordCost {
  readonly memoryKiB: number
  readonly passes: number
  readonly lanes: number
}

interface Salted {
  readonly salt: Buffer
  /** What the password and the salt give. */
  readonly tag: Buffer
}

export interface Argon2Hash extends PasswordCost, Salted {
  readonly kind: 'argon2id'
}

export interface BcryptHash {
  readonly kind: 'bcrypt'
  /** Binary logarithm of the number of rounds. */
  readonly cost: number
  /** 22 characters of bcrypt's base64. */
  readonly salt: string
  /** 31 characters of bcrypt's base64. */
  readonly digest: string
  /** Whether the hexadecimal SHA-256 of the password was hashed, as Django's `bcrypt_sha256` does. */
  readonly isSha256: boolean
}

export interface ScryptHash extends Salted {
  readonly kind: 'scrypt'
  /** CPU and memory cost, a power of two (RFC 7914 §2). */
  readonly n: number
  readonly blockSize: number
  readonly parallelism: number
}

export interface Pbkdf2Hash extends Salted {
  readonly kind: 'pbkdf2'
  readonly digest: 'sha1' | 'sha256' | 'sha512'
  readonly iterations: number
}

export type PasswordHash = Argon2Hash | BcryptHash | ScryptHash | Pbkdf2Hash

/** The most that a hash may cost. Each limit is about half a second to a second of one core. */
export const mostCost = {
  argon2id: { memoryKiB: 256 * 1024, passes: 10, lanes: 8, memoryKiBTimesPasses: 768 * 1024 },
  bcrypt: 13,
  scrypt: { memoryBytes: 128 * 2 ** 20, nTimesRTimesP: 2 ** 20 },
  pbkdf2: { sha1: 2_000_000, sha256: 2_000_000, sha512: 1_000_000 },
} as const

/** A longer tag adds nothing, and a shorter one is guessed. */
const leastTagBytes = 16
const mostTagBytes = 128
const leastSaltBytes = 8
const mostSaltBytes = 128
const longestText = 512

const acceptedForms =
  'argon2id, bcrypt ($2a$, $2b$, $2y$), scrypt and PBKDF2 as PHC strings, as passlib or as Django writes them'

/** Why a text is not accepted as a hash, as the rest of the sentence that its name begins; the hash is not in it. */
export interface RefusedHash {
  readonly kind: 'refused'
  readonly reason: string
}

/** Reads a hash in any accepted form, within the bounds above. */
export function parsePasswordHash(text: string): PasswordHash | RefusedHash {
  try {
    if (text.length <= longestText)
      for (const [form, read] of forms) {
        const match = form.exec(text)
        if (match !== null) return read(match.slice(1).map((part) => part ?? ''))
      }
    return { kind: 'refused', reason: `must be a hash in an accepted form: ${acceptedForms}` }
  } catch (error) {
    if (error instanceof OutOfBounds) return { kind: 'refused', reason: error.message }
    throw error
  }
}

class OutOfBounds extends Error {}

type Read = (parts: readonly string[]) => PasswordHash

/** PHC string format, and the forms of passlib and Django. Each has its parameters in groups. */
const forms: readonly (readonly [RegExp, Read])[] = [
  [
    /^(?:argon2)?\$argon2id\$v=19\$m=(\d{1,10}),t=(\d{1,10}),p=(\d{1,10})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/,
    ([m, t, p, salt = '', tag = '']) =>
      argon2({
        kind: 'argon2id',
        memoryKiB: Number(m),
        passes: Number(t),
        lanes: Number(p),
        ...salted(base64(salt), base64(tag)),
      }),
  ],
  [
    /^(?:bcrypt\$|(bcrypt_sha256)\$)?\$2[aby]\$(\d\d)\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/,
    ([sha256 = '', cost, salt = '', digest = '']) =>
      bcrypt({ kind: 'bcrypt', cost: Number(cost), salt, digest, isSha256: sha256 !== '' }),
  ],
  [
    /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,10}),p=(\d{1,10})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/,
    ([ln, r, p, salt = '', tag = '']) => scrypt(2 ** Number(ln), r, p, salted(base64(salt), base64(tag))),
  ],
  // Django hashes the characters of the salt.
  [
    /^scrypt\$(\d{1,10})\$([^$]+)\$(\d{1,10})\$(\d{1,10})\$([A-Za-z0-9+/]+={0,2})$/,
    ([n, salt = '', r, p, tag = '']) => scrypt(Number(n), r, p, salted(Buffer.from(salt), base64(tag))),
  ],
  // passlib writes `.` for `+`.
  [
    /^\$pbkdf2(?:-(sha1|sha256|sha512))?\$(?:i=)?(\d{1,10})(?:,l=\d{1,3})?\$([A-Za-z0-9+/.]+)\$([A-Za-z0-9+/.]+)$/,
    ([digest, iterations, salt = '', tag = '']) =>
      pbkdf2(digest, iterations, salted(base64(salt), base64(tag))),
  ],
  [
    /^pbkdf2_(sha1|sha256|sha512)\$(\d{1,10})\$([^$]+)\$([A-Za-z0-9+/]+={0,2})$/,
    ([digest, iterations, salt = '', tag = '']) =>
      pbkdf2(digest, iterations, salted(Buffer.from(salt), base64(tag))),
  ],
]

const base64 = (text: string): Buffer => Buffer.from(text.replaceAll('.', '+'), 'base64')

function salted(salt: Buffer, tag: Buffer): Salted {
  inBounds('salt', salt.length, leastSaltBytes, mostSaltBytes, ' bytes')
  inBounds('result', tag.length, leastTagBytes, mostTagBytes, ' bytes')
  return { salt, tag }
}

/** @throws OutOfBounds that names the bound */
function inBounds(name: string, value: number, least: number, most: number, unit = ''): void {
  if (value < least) throw new OutOfBounds(`has a ${name} of ${value}${unit}; at least ${least} is accepted`)
  if (value > most) throw new OutOfBounds(`has a ${name} of ${value}${unit}; at most ${most} is accepted`)
}

function argon2(hash: Argon2Hash): Argon2Hash {
  const most = mostCost.argon2id
  inBounds('parallelism', hash.lanes, 1, most.lanes)
  inBounds('time cost', hash.passes, 1, most.passes)
  // RFC 9106 §3.1.
  inBounds('memory cost', hash.memoryKiB, 8 * hash.lanes, most.memoryKiB, ' KiB')
  inBounds('memory times time cost', hash.memoryKiB * hash.passes, 1, most.memoryKiBTimesPasses, ' KiB')
  return hash
}

function bcrypt(hash: BcryptHash): BcryptHash {
  inBounds('cost', hash.cost, 4, mostCost.bcrypt)
  return hash
}

function scrypt(n: number, r = '', p = '', parts: Salted): ScryptHash {
  const [blockSize, parallelism] = [Number(r), Number(p)]
  const { memoryBytes, nTimesRTimesP } = mostCost.scrypt
  inBounds('block size', blockSize, 1, 1024)
  inBounds('parallelism', parallelism, 1, 1024)
  inBounds('memory', 128 * n * blockSize, 1, memoryBytes, ' bytes')
  inBounds('cost (N × r × p)', n * blockSize * parallelism, 1, nTimesRTimesP)
  // RFC 7914 §2.
  if (n < 2 || !Number.isInteger(Math.log2(n))) throw new OutOfBounds('has an N that is not a power of two')
  return { kind: 'scrypt', n, blockSize, parallelism, ...parts }
}

const digestBytes = { sha1: 20, sha256: 32, sha512: 64 } as const

function pbkdf2(name = '', count = '', parts: Salted): Pbkdf2Hash {
  const digest = name === 'sha256' || name === 'sha512' ? name : 'sha1'
  const iterations = Number(count)
  // Each block of the result takes all iterations (RFC 8018 §5.2).
  const blocks = Math.ceil(parts.tag.length / digestBytes[digest])
  inBounds('number of iterations', iterations, 1, mostCost.pbkdf2[digest])
  inBounds('number of iterations times blocks', iterations * blocks, 1, mostCost.pbkdf2[digest])
  return { kind: 'pbkdf2', digest, iterations, ...parts }
}

/** How much work a hash is, in the unit of its kind; hashes of one kind are compared by it. */
export function workOf(hash: PasswordHash): { readonly kind: string; readonly work: number } {
  switch (hash.kind) {
    case 'argon2id':
      return { kind: hash.kind, work: hash.memoryKiB * hash.passes }
    case 'bcrypt':
      return { kind: hash.kind, work: 2 ** hash.cost }
    case 'scrypt':
      return { kind: hash.kind, work: hash.n * hash.blockSize * hash.parallelism }
    case 'pbkdf2':
      return {
        kind: `${hash.kind}-${hash.digest}`,
        work: hash.iterations * Math.ceil(hash.tag.length / digestBytes[hash.digest]),
      }
  }
}

/** The text of a hash that takes the same work and that no password has, to measure how long such hashes take. */
export function sampleOf(hash: PasswordHash): string {
  if (hash.kind === 'bcrypt') return `$2b$${String(hash.cost).padStart(2, '0')}$${'.'.repeat(53)}`
  const parts = `${unpadded(Buffer.alloc(16))}$${unpadded(Buffer.alloc(hash.tag.length))}`
  switch (hash.kind) {
    case 'argon2id':
      return `$argon2id$v=19$m=${hash.memoryKiB},t=${hash.passes},p=${hash.lanes}$${parts}`
    case 'scrypt':
      return `$scrypt$ln=${Math.log2(hash.n)},r=${hash.blockSize},p=${hash.parallelism}$${parts}`
    case 'pbkdf2':
      return `$pbkdf2-${hash.digest}$${hash.iterations}$${parts}`
  }
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
