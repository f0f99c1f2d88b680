// What a client of Chancery needs of cryptography: signing requests, secrets, unguessable tokens. For the agent, which has no
// cryptographic code of its own.
export { sha256hex } from '../secure/digest.ts'
export { randomToken } from '../secure/random.ts'
export { Secret } from '../secure/secret.ts'
export { type Credentials, signRequest } from '../secure/sigv4/sign.ts'
