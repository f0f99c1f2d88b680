// What AWS refuses when a policy is saved; test/iam/policy-document/policy-sentences.test.ts has whole documents.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  awsActionFault,
  awsResourceFault,
  awsResourceRefusal,
  hasAwsForm,
  isTrustAction,
} from '../../../src/policy/language/aws-checks.ts'

test('resources that AWS accepts', () => {
  for (const resource of [
    '*',
    'arn:aws:s3:::bucket/*',
    'arn:aws:iam::123456789012:user/ann',
    'arn:aws:iam::123456789012:root',
    'arn:aws:iam::*:*',
    'arn:aws:iam::${aws:PrincipalAccount}:user/${aws:username}',
    'arn:aws:iam::123456789012:${aws:PrincipalTag/kind}',
    'arn:aws:s3:us-east-1:123456789012:accesspoint/a',
    'arn:aws-cn:sqs:cn-north-1:123456789012:queue',
    'arn:${aws:PrincipalTag/partition}:sqs:us-east-1:123456789012:queue',
    'arn:aws:docs:::handbook/*',
  ])
    assert.equal(awsResourceRefusal(resource), undefined, resource)
})

test('resources that AWS refuses, with its sentence', () => {
  for (const [resource, sentence] of [
    ['bucket', 'Resource bucket must be in ARN format or "*".'],
    ['arn:gcp:s3:::b', 'Partition "gcp" is not valid for resource "arn:gcp:s3:::b".'],
    ['arn:gcp:s3', 'Partition "gcp" is not valid for resource "arn:gcp:s3:*:*:*".'],
    ['arn:aws', 'Resource vendor must be fully qualified and cannot contain regexes.'],
    ['arn:aws::', undefined],
    [
      'arn:aws:iam:us-east-1:123456789012:user/ann',
      'IAM resource arn:aws:iam:us-east-1:123456789012:user/ann cannot contain region information.',
    ],
    ['arn:aws:s3:us-east-1::b', 'Resource arn:aws:s3:us-east-1::b can not contain region information.'],
  ] as const) {
    const refusal = awsResourceRefusal(resource)
    assert.ok(refusal, resource)
    assert.equal(refusal.sentence, sentence)
  }
  assert.match(
    awsResourceRefusal('arn:aws:iam::123456789012:people/ann')?.sentence ?? '',
    /^IAM resource path must either be "\*", root, or start with user\/, federated-user\//,
  )
})

test('names of other services are free, unless the statement is of AWS alone', () => {
  assert.equal(hasAwsForm('handbook', ['docs:Read']), false)
  assert.equal(hasAwsForm('handbook', []), false)
  assert.equal(hasAwsForm('handbook', ['s3:GetObject', 'docs:Read']), false)
  assert.equal(hasAwsForm('handbook', ['s3:GetObject']), true)
  assert.equal(awsResourceFault('handbook', ['docs:Read']), undefined)
  assert.match(awsResourceFault('handbook', ['s3:GetObject']) ?? '', /expected an ARN or `\*`$/)
})

test('actions: one colon where they are of AWS, and in trust policies those that assume a role', () => {
  assert.equal(awsActionFault('docs:a:b', 'identity'), undefined)
  assert.equal(awsActionFault('s3:GetObject', 'identity'), undefined)
  assert.match(awsActionFault('s3:Get:Object', 'identity') ?? '', /expected one colon$/)
  assert.match(awsActionFault('s3:GetObject', 'trust') ?? '', /expected one that assumes a role$/)
  assert.equal(awsActionFault('sts:AssumeRole', 'trust'), undefined)
  for (const [action, is] of [
    ['STS:assumerole', true],
    ['sts:AssumeRole*', true],
    ['sts:TagSession', true],
    ['sts:Invalid', false],
    ['sts', false],
    ['*', false],
  ] as const)
    assert.equal(isTrustAction(action), is, action)
})
