// What AWS refuses when a policy is saved, beyond the grammar of document.ts. A document that is stored already is not checked
// again, so a check that is added here does not take the effect of policies that were saved before.
//
// Services and resource names of this server are free: only an ARN, and a resource of actions that are AWS's own, have AWS's form.
import { shown } from './json.ts'
import type { DocumentKind } from './syntax.ts'

/** Why AWS refuses a resource. */
export interface ResourceRefusal {
  /** AWS's message; undefined where AWS says only that the policy failed legacy parsing. */
  readonly sentence: string | undefined
  readonly expected: string
}

const partitions: ReadonlySet<string> = new Set([
  '*',
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
])

/** Services of AWS whose names nobody gives to a service of their own. */
const vendors: ReadonlySet<string> = new Set([
  'acm',
  'apigateway',
  'athena',
  'autoscaling',
  'bedrock',
  'cloudformation',
  'cloudfront',
  'cloudtrail',
  'cloudwatch',
  'codebuild',
  'codecommit',
  'codedeploy',
  'codepipeline',
  'cognito-identity',
  'cognito-idp',
  'dynamodb',
  'ec2',
  'ecr',
  'ecs',
  'eks',
  'elasticache',
  'elasticfilesystem',
  'elasticloadbalancing',
  'execute-api',
  'firehose',
  'glue',
  'guardduty',
  'iam',
  'kinesis',
  'kms',
  'lambda',
  'organizations',
  'rds',
  'redshift',
  'route53',
  's3',
  's3express',
  'sagemaker',
  'secretsmanager',
  'sns',
  'sqs',
  'ssm',
  'sts',
  'wafv2',
])

const iamPaths = [
  'user/',
  'federated-user/',
  'role/',
  'group/',
  'instance-profile/',
  'mfa/',
  'server-certificate/',
  'policy/',
  'sms-mfa/',
  'saml-provider/',
  'oidc-provider/',
  'report/',
  'access-report/',
]
/** Kinds of IAM resource that this server has and AWS does not. */
const ownIamPaths = ['ldap-provider/', 'oauth2-provider/']
/** Resources of S3 that belong to a region. */
const regionalS3 = [
  'accesspoint/',
  'access-grants/',
  'async-request/',
  'job/',
  'storage-lens/',
  'storage-lens-group/',
]

/** The part of an action before its first colon, in lower case. */
const vendorOf = (action: string): string => action.slice(0, Math.max(0, action.indexOf(':'))).toLowerCase()
export const isActionOfAws = (action: string): boolean => vendors.has(vendorOf(action))

/** Whether a resource must have AWS's form: it is an ARN, or the statement allows or denies only actions of AWS. */
export const hasAwsForm = (resource: string, actions: readonly string[]): boolean =>
  resource.startsWith('arn:') || (actions.length > 0 && actions.every(isActionOfAws))

/** Why AWS refuses this resource, or undefined. Variables may stand in every part. */
export function awsResourceRefusal(resource: string): ResourceRefusal | undefined {
  if (resource === '*') return undefined
  const [first, partition, service, ...rest] = partsOf(resource)
  if (partition === undefined)
    return {
      sentence: `Resource ${first} must be in ARN format or "*".`,
      expected: 'an ARN or `*`',
    }
  if (!partitions.has(partition) && !partition.includes('${'))
    return {
      sentence: `Partition "${partition}" is not valid for resource "${filledArn(partition, service, rest)}".`,
      expected: 'the partition `aws`',
    }
  if (service === undefined)
    return {
      sentence: 'Resource vendor must be fully qualified and cannot contain regexes.',
      expected: "a service's name after the partition",
    }
  if (service === '') return { sentence: undefined, expected: "a service's name after the partition" }
  return ofService(resource, service, rest)
}

/** The parts between colons; a variable such as `${aws:username}` is not split. */
const partsOf = (resource: string): readonly string[] =>
  resource
    .replace(/\$\{[^{}]*\}/g, (variable) => variable.replaceAll(':', '\n'))
    .split(':')
    .map((part) => part.replaceAll('\n', ':'))

/** AWS shows an ARN of six parts, with `*` for those that are missing. */
function filledArn(partition: string, service: string | undefined, rest: readonly string[]): string {
  const [region = '*', account = '*', ...name] = rest
  return ['arn', partition, service ?? '*', region, account, name.length === 0 ? '*' : name.join(':')].join(
    ':',
  )
}

function ofService(resource: string, service: string, rest: readonly string[]): ResourceRefusal | undefined {
  const [region = '', , ...parts] = rest
  const name = parts.join(':')
  if (service === 'iam') {
    if (region !== '')
      return {
        sentence: `IAM resource ${resource} cannot contain region information.`,
        expected: 'no region: `arn:aws:iam::<account>:…`',
      }
    if (parts.length > 0 && !isIamName(name))
      return {
        sentence: `IAM resource path must either be "*", root, or start with ${iamPaths.join(', ')}.`,
        expected: '`*`, `root` or a kind such as `user/`',
      }
  }
  if (service === 's3' && region !== '' && !regionalS3.some((kind) => name.startsWith(kind)))
    return {
      sentence: `Resource ${resource} can not contain region information.`,
      expected: 'no region: `arn:aws:s3:::<bucket>`',
    }
  return undefined
}

const isIamName = (name: string): boolean =>
  name === '*' ||
  name === 'root' ||
  name.startsWith('${') ||
  [...iamPaths, ...ownIamPaths].some((kind) => name.startsWith(kind))

/** The actions of STS that a trust policy may name, in lower case. */
const trustActions = [
  'sts:assumerole',
  'sts:assumerolewithldapidentity',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:assumeroot',
  'sts:decodeauthorizationmessage',
  'sts:getaccesskeyinfo',
  'sts:getcalleridentity',
  'sts:getfederationtoken',
  'sts:getservicebearertoken',
  'sts:getsessiontoken',
  'sts:setcontext',
  'sts:setsourceidentity',
  'sts:tagsession',
]

/** A pattern such as `sts:AssumeRole*` is allowed. */
export const isTrustAction = (action: string): boolean => {
  const lower = action.toLowerCase()
  return lower.startsWith('sts:') && (/[*?]/.test(lower) || trustActions.includes(lower))
}

/** A fault message for a resource that AWS refuses in a statement with these actions; undefined when there is none. */
export function awsResourceFault(resource: string, actions: readonly string[]): string | undefined {
  const refusal = hasAwsForm(resource, actions) ? awsResourceRefusal(resource) : undefined
  return refusal && `unexpected resource \`${shown(resource)}\`, expected ${refusal.expected}`
}

/** A fault message for an action that AWS refuses; undefined when there is none. */
export function awsActionFault(action: string, kind: DocumentKind): string | undefined {
  if (kind === 'trust' && !isTrustAction(action))
    return `unexpected action \`${shown(action)}\` in a trust policy, expected one that assumes a role`
  if (isActionOfAws(action) && action.split(':').length > 2)
    return `unexpected action \`${shown(action)}\`, expected one colon`
  return undefined
}
