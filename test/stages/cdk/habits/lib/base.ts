import { Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
export const Ids = { Reader: 'Reader', Writer: 'Writer' } as const;
export abstract class BaseStack extends Stack {
  protected readonly audit: iam.Role;
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.audit = new iam.Role(this, 'Audit', { assumedBy: new iam.AccountPrincipal('999999999999') }); // place: Main/Audit/Resource
    this.extra();
  }
  protected extra(): void {
    this.audit.addToPolicy(new iam.PolicyStatement({ actions: ['iam:Get*'], resources: ['*'] })); // place: Main/Audit/DefaultPolicy/Resource
  }
}
export interface SiteProps { readonly readers: iam.IGrantable[]; readonly label: string; }
export class Site extends Construct {
  private role?: iam.Role;
  static create(scope: Construct, id: string, props: SiteProps): Site {
    return new Site(scope, id, props);
  }
  private readonly props: SiteProps;
  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id);
    this.props = props;
    this.lazyRole().addToPolicy(new iam.PolicyStatement({ // place: Main/Site/Lazy/DefaultPolicy/Resource, Plain/Direct/Lazy/DefaultPolicy/Resource
      actions: ['cloudfront:CreateInvalidation'],
      resources: ['*'],
    }));
    this.lazyRole().addToPolicy( // statement: Main/Site/Lazy/DefaultPolicy/Resource PolicyDocument 1, Plain/Direct/Lazy/DefaultPolicy/Resource PolicyDocument 1
      new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }),
    );
    new iam.CfnUser(this, `${this.props.label}-user`); // place: Main/Site/web-user, Plain/Direct/x-user
  }
  private lazyRole(): iam.Role {
    this.role ??= new iam.Role(this, 'Lazy', { assumedBy: new iam.ServicePrincipal('edgelambda.amazonaws.com') }); // place: Main/Site/Lazy/Resource, Plain/Direct/Lazy/Resource
    return this.role;
  }
}
