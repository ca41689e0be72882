"""What looks ahead and foretells nothing: pledges, rules, rhetoric, forecasts of the past."""
