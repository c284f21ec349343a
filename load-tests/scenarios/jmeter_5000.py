TITLE="x"
LASTS="x"
