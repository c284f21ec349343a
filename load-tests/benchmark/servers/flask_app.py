"""The sample model behind Flask, as one would write it for production on one core."""

import os
import pickle
import warnings

import numpy as np
from flask import Flask, jsonify, request

# The model knows its columns by name and rows come without: scikit-learn would say so every time.
warnings.filterwarnings("ignore", message="X does not have valid feature names")

with open(os.environ["MODEL"], "rb") as file:
    model = pickle.load(file)

app = Flask(__name__)


@app.post("/api")
def one():
    try:
        rows = np.array([request.get_json()["array"]], dtype=np.float64)
        return jsonify(predicciones=model.predict(rows).tolist())
    except (KeyError, TypeError, ValueError) as error:
        return jsonify(error=str(error)), 400
