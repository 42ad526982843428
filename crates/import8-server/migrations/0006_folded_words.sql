-- The words of a search are folded by the server before they come here (`search_index.rs`), whatever their
-- script. What was indexed before is indexed anew when the server opens the database and finds this empty.
INSERT INTO classification_words (classification_words) VALUES ('delete-all');
