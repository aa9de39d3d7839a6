"""The wizard that takes in the tracker of any office: what it is, its columns, its words, what will happen."""
