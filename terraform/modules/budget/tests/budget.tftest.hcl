mock_provider "google" {}

variables {
  project_number        = "123456789012"
  name                  = "flight-delay"
  billing_account       = "012345-6789AB-CDEF01"
  amount                = 300
  notification_channels = []
}

run "watches_the_project" {
  variables {
    project_number        = "210987654321"
    name                  = "delays"
    billing_account       = "ABCDEF-012345-6789AB"
    amount                = 50
    notification_channels = ["projects/other-project/notificationChannels/1"]
  }

  assert {
    condition     = google_billing_budget.this.billing_account == "ABCDEF-012345-6789AB" && google_billing_budget.this.display_name == "delays"
    error_message = "the billing account and the name"
  }

  assert {
    condition     = google_billing_budget.this.budget_filter[0].projects == toset(["projects/210987654321"])
    error_message = "of this project alone"
  }

  assert {
    condition     = google_billing_budget.this.amount[0].specified_amount[0].units == "50"
    error_message = "the amount"
  }

  assert {
    condition     = [for rule in google_billing_budget.this.threshold_rules : rule.threshold_percent if rule.spend_basis == "FORECASTED_SPEND"] == [1] && length(google_billing_budget.this.threshold_rules) == 4
    error_message = "told at three shares, and before it happens"
  }

  assert {
    condition     = google_billing_budget.this.all_updates_rule[0].monitoring_notification_channels == tolist(["projects/other-project/notificationChannels/1"])
    error_message = "the channels"
  }
}

run "tells_the_administrators_alone_without_channels" {
  assert {
    condition     = length(google_billing_budget.this.all_updates_rule) == 0
    error_message = "no rule of our own"
  }
}

run "refuses_other_ids_cents_and_too_many_channels" {
  command = plan

  variables {
    billing_account       = "my-billing-account"
    amount                = 0.5
    notification_channels = ["1", "2", "3", "4", "5", "6"]
  }

  expect_failures = [var.billing_account, var.amount, var.notification_channels]
}
