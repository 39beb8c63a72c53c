resource "aws_sns_topic" "alerts" {
  name = "alerts"
}

resource "aws_sns_topic" "billing" {
  name = "billing"
}

resource "aws_iam_role" "notifier" {
  name = "notifier"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Sid = "LambdaRunsAsIt", Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "publish" {
  name = "publish"
  role = aws_iam_role.notifier.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Sid = "PublishAlerts", Effect = "Allow", Action = "sns:Publish", Resource = aws_sns_topic.alerts.arn }]
  })
}
