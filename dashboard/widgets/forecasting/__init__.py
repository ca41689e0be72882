"""The forms by which a forecast is made, wherever they stand."""
