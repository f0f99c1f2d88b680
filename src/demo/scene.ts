// What all steps of the demonstration share, and helpers for policies.
import type { Credentials } from '../secure/sigv4/sign.ts'
import { awsCall } from './aws-call.ts'
import type { Application } from './sign-in.ts'

export interface Scene {
  readonly chancery: string
  readonly ci: string
  readonly root: Credentials
  readonly application: Application
  /** Starts the documents service with its own access key; returns its URL. */
  readonly startDocuments: (key: Credentials) => Promise<string>
}

/** The role that a CI job assumes. */
export interface Role {
  readonly arn: string
  readonly id: string
}

/** Calls IAM as the account's root. */
export const iamAs = (scene: Scene) => (action: string, parameters: Record<string, string>) =>
  awsCall({ url: scene.chancery, credentials: scene.root }, 'iam', action, parameters)

export const policyOf = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })

export const documentsArn = (path: string): string => `arn:aws:docs:::documents/${path}`
