"""The sample model behind FastAPI, as one would write it for production on one core."""

import os
import pickle
import warnings

import numpy as np
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

# The model knows its columns by name and rows come without: scikit-learn would say so every time.
warnings.filterwarnings("ignore", message="X does not have valid feature names")

with open(os.environ["MODEL"], "rb") as file:
    model = pickle.load(file)

app = FastAPI()


class Row(BaseModel):
    array: list[float]


class Answer(BaseModel):
    predicciones: list[int]


class Rows(BaseModel):
    instances: list[list[float]]


class Answers(BaseModel):
    predictions: list[int]


def predict(rows: list[list[float]]) -> list[int]:
    try:
        return model.predict(np.array(rows, dtype=np.float64)).tolist()
    except ValueError as error:
        raise HTTPException(status_code=400, detail=str(error)) from error


# Coroutines, not functions: a prediction takes less time than handing it to a thread.
@app.post("/api")
async def one(row: Row) -> Answer:
    return Answer(predicciones=predict([row.array]))


@app.post("/v1/models/flight-delay:predict")
async def many(rows: Rows) -> Answers:
    return Answers(predictions=predict(rows.instances))
