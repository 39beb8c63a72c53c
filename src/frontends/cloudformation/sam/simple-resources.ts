import { write, type Written } from '../generated.ts';
import { awsPolicyArn, type Expansion, make, type SamResource } from './expansion.ts';
import { field, isGiven, isMapping } from './nodes.ts';
import { serviceTrust } from './role.ts';
import { tagList } from './tags.ts';

/** `AWS::Serverless::SimpleTable`. */
export function expandTable(from: SamResource, expansion: Expansion): void {
  const { properties } = from;
  make(expansion, from, { id: from.id, type: 'AWS::DynamoDB::Table', properties: { TableName: field(properties, 'TableName'), SSESpecification: field(properties, 'SSESpecification'), Tags: tagList(field(properties, 'Tags')) } });
}

/** `AWS::Serverless::LayerVersion`; SAM adds a digest to its logical id, which references do not see. */
export function expandLayer(from: SamResource, expansion: Expansion): void {
  make(expansion, from, { id: from.id, type: 'AWS::Lambda::LayerVersion', properties: { LayerName: field(from.properties, 'LayerName') ?? from.id } });
}

/** `AWS::Serverless::Application`: a nested stack, of a local file or of the Serverless Application Repository. */
export function expandApplication(from: SamResource, expansion: Expansion): void {
  const location = field(from.properties, 'Location');
  const url = location === undefined || isMapping(location) ? undefined : location;
  make(expansion, from, { id: from.id, type: 'AWS::CloudFormation::Stack', properties: { TemplateURL: url, Parameters: field(from.properties, 'Parameters') } });
}

/** `AWS::Serverless::CapacityProvider`: the provider and the role it manages instances with, unless it names one. */
export function expandCapacityProvider(from: SamResource, expansion: Expansion): void {
  const given = field(from.properties, 'OperatorRole');
  const roleId = `${from.id}OperatorRole`;
  const roleArn: Written = isGiven(given) ? given : { 'Fn::GetAtt': [roleId, 'Arn'] };
  if (!isGiven(given)) {
    const role: Written = { AssumeRolePolicyDocument: serviceTrust('lambda.amazonaws.com', from.at), ManagedPolicyArns: [write(from.at, awsPolicyArn(expansion, 'AWSLambdaManagedEC2ResourceOperator'))] };
    make(expansion, from, { id: roleId, type: 'AWS::IAM::Role', properties: role });
  }
  make(expansion, from, {
    id: from.id,
    type: 'AWS::Lambda::CapacityProvider',
    properties: { CapacityProviderName: field(from.properties, 'CapacityProviderName'), PermissionsConfig: { CapacityProviderOperatorRoleArn: roleArn }, VpcConfig: field(from.properties, 'VpcConfig'), KmsKeyArn: field(from.properties, 'KmsKeyArn') },
  });
}
