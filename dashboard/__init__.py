"""The screen: the only place that imports Streamlit or Plotly."""
