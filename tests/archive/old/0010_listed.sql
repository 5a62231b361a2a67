CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES (1, 'district-archive', '0001_first', 'at some time');
INSERT INTO "_sqlite_migrations" VALUES (2, 'district-archive', '0002_frontier', 'at some time');
INSERT INTO "_sqlite_migrations" VALUES (3, 'district-archive', '0003_visitor', 'at some time');
INSERT INTO "_sqlite_migrations" VALUES (4, 'district-archive', '0004_statistics', 'at some time');
INSERT INTO "_sqlite_migrations" VALUES (5, 'district-archive', '0005_browser', 'at some time');
INSERT INTO "_sqlite_migrations" VALUES (6, 'district-archive', '0006_known_to', 'at some time');
INSERT INTO "_sqlite_migrations" VALUES (7, 'district-archive', '0007_method', 'at some time');
INSERT INTO "_sqlite_migrations" VALUES (8, 'district-archive', '0008_pager', 'at some time');
INSERT INTO "_sqlite_migrations" VALUES (9, 'district-archive', '0009_tls_tests', 'at some time');
INSERT INTO "_sqlite_migrations" VALUES (10, 'district-archive', '0010_listed', 'at some time');
CREATE TABLE "sites" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "name" TEXT NOT NULL,
   "base_url" TEXT NOT NULL,
   "platform" TEXT,
   "province" TEXT,
   "timezone" TEXT NOT NULL,
   "listings" TEXT NOT NULL,
   "feeds" TEXT NOT NULL,
   "sitemaps" TEXT NOT NULL,
   "contact" TEXT,
   "pause" REAL NOT NULL,
   "private_network" INTEGER NOT NULL,
   "boilerplate" TEXT NOT NULL
, "browser" INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "sites" VALUES ('hoang-hoa', 'Cổng thông tin huyện Hoằng Hóa', 'https://hoanghoa.example.vn/', NULL, NULL, 'Asia/Ho_Chi_Minh', '["https://hoanghoa.example.vn/tin-tuc"]', '[]', '[]', NULL, 1.5, 0, '[]', 0);
CREATE TABLE "runs" (
   "id" INTEGER PRIMARY KEY,
   "command" TEXT NOT NULL,
   "started_at" TEXT NOT NULL,
   "finished_at" TEXT,
   "outcome" TEXT,
   "requested" INTEGER NOT NULL DEFAULT 0,
   "fetched" INTEGER NOT NULL DEFAULT 0,
   "new" INTEGER NOT NULL DEFAULT 0,
   "changed" INTEGER NOT NULL DEFAULT 0,
   "unchanged" INTEGER NOT NULL DEFAULT 0,
   "gone" INTEGER NOT NULL DEFAULT 0,
   "failed" INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO "runs" VALUES (1, 'scrape', '2024-03-28T02:00:00Z', '2024-03-28T03:00:00Z', 'done', 0, 0, 2, 0, 0, 0, 0);
CREATE TABLE "captures" (
   "id" INTEGER PRIMARY KEY,
   "site" TEXT NOT NULL REFERENCES "sites"("id"),
   "url" TEXT NOT NULL,
   "fetched_at" TEXT NOT NULL,
   "status" INTEGER NOT NULL,
   "content_type" TEXT,
   "digest" TEXT,
   "bytes" INTEGER,
   "source" TEXT NOT NULL,
   "warc_file" TEXT,
   "warc_offset" INTEGER,
   "warc_length" INTEGER,
   "etag" TEXT,
   "last_modified" TEXT,
   "run" INTEGER REFERENCES "runs"("id"),
   "revisit_of" INTEGER REFERENCES "captures"("id")
, "tls_relaxed" TEXT) STRICT;
INSERT INTO "captures" VALUES (1, 'hoang-hoa', 'https://hoanghoa.example.vn/tin-tuc/hoi-nghi.html', '2024-03-28T02:00:00Z', 200, NULL, 'sha1:0', NULL, 'live', 'a.warc.gz', 0, NULL, '"1"', NULL, 1, NULL, NULL);
INSERT INTO "captures" VALUES (2, 'hoang-hoa', 'https://hoanghoa.example.vn/tin-tuc/hoi-nghi.html', '2024-03-29T02:00:00Z', 200, NULL, 'sha1:1', NULL, 'live', 'a.warc.gz', 1000, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "captures" VALUES (3, 'hoang-hoa', 'https://hoanghoa.example.vn/tin-tuc/hoi-nghi.html?2', '2024-03-29T02:00:05Z', 200, NULL, 'sha1:2', NULL, 'live', 'a.warc.gz', 2000, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "captures" VALUES (4, 'hoang-hoa', 'https://hoanghoa.example.vn/tin-tuc/hoi-nghi.html?2', '2024-03-30T02:00:05Z', 404, NULL, 'sha1:3', NULL, 'live', 'a.warc.gz', 3000, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "captures" VALUES (5, 'hoang-hoa', 'https://hoanghoa.example.vn/tin-tuc/hoi-nghi.html?2', '2024-03-31T02:00:05Z', 404, NULL, 'sha1:4', NULL, 'live', 'a.warc.gz', 4000, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "captures" VALUES (6, 'hoang-hoa', 'https://hoanghoa.example.vn/anh/a.jpg', '2024-03-28T02:00:10Z', 200, NULL, 'sha1:photo', NULL, 'live', 'a.warc.gz', 5000, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "captures" VALUES (7, 'hoang-hoa', 'https://hoanghoa.example.vn/', '2024-03-28T02:00:20Z', 200, NULL, NULL, NULL, 'live', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE "failures" (
   "id" INTEGER PRIMARY KEY,
   "run" INTEGER REFERENCES "runs"("id"),
   "site" TEXT NOT NULL REFERENCES "sites"("id"),
   "url" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "message" TEXT NOT NULL,
   "at" TEXT NOT NULL,
   "attempts" INTEGER NOT NULL,
   "retry_at" TEXT
) STRICT;
INSERT INTO "failures" VALUES (1, 1, 'hoang-hoa', 'https://hoanghoa.example.vn/tin-tuc/hoi-nghi.html?3', 'timeout', 'No answer.', '2024-03-28T02:00:30Z', 1, NULL);
CREATE TABLE "articles" (
   "id" INTEGER PRIMARY KEY,
   "site" TEXT NOT NULL REFERENCES "sites"("id"),
   "url" TEXT NOT NULL,
   "title" TEXT,
   "summary" TEXT,
   "body" TEXT,
   "body_html" TEXT,
   "author" TEXT,
   "organisation" TEXT,
   "byline" TEXT,
   "category" TEXT,
   "tags" TEXT NOT NULL,
   "published_at" TEXT,
   "published_on" TEXT,
   "published_raw" TEXT,
   "version" INTEGER NOT NULL,
   "first_seen_at" TEXT NOT NULL,
   "last_seen_at" TEXT NOT NULL,
   "gone_at" TEXT,
   "capture" INTEGER NOT NULL REFERENCES "captures"("id"),
   "year" INTEGER,
   "captions" TEXT
) STRICT;
INSERT INTO "articles" VALUES (1, 'hoang-hoa', 'https://hoanghoa.example.vn/tin-tuc/hoi-nghi.html', 'Đảng bộ huyện họp, bổ sung', 'Sáng 27/3, hội nghị đã diễn ra.', 'Đồng chí Bí thư chủ trì.

Hội nghị bàn về diễn tập.', '<p>Đồng chí Bí thư chủ trì.</p><p>Hội nghị bàn về diễn tập.</p>', 'Thanh Qúy', 'Trung tâm VHTT TT&DL', 'Thanh Qúy – Trung tâm VHTT TT&DL', 'Tin tức', '["hội nghị","diễn tập"]', '2024-03-27T15:06:52+07:00', '2024-03-27', '15:06:52 27/03/2024 (GMT+7)', 2, '2024-03-28T02:00:00Z', '2024-03-29T02:00:00Z', NULL, 2, 2024, 'Toàn cảnh lễ phát động');
INSERT INTO "articles" VALUES (2, 'hoang-hoa', 'https://hoanghoa.example.vn/tin-tuc/hoi-nghi.html?2', 'Đảng bộ huyện Hoằng Hóa họp', 'Sáng 27/3, hội nghị đã diễn ra.', 'Đồng chí Bí thư chủ trì.

Hội nghị bàn về diễn tập.', '<p>Đồng chí Bí thư chủ trì.</p><p>Hội nghị bàn về diễn tập.</p>', 'Thanh Qúy', 'Trung tâm VHTT TT&DL', 'Thanh Qúy – Trung tâm VHTT TT&DL', 'Tin tức', '["hội nghị","diễn tập"]', NULL, NULL, '15:06:52 27/03/2024 (GMT+7)', 1, '2024-03-29T02:00:05Z', '2024-03-29T02:00:05Z', '2024-03-31T02:00:05Z', 3, NULL, 'Toàn cảnh lễ phát động');
CREATE TABLE "article_versions" (
   "article" INTEGER NOT NULL REFERENCES "articles"("id"),
   "version" INTEGER NOT NULL,
   "capture" INTEGER NOT NULL REFERENCES "captures"("id"),
   "seen_at" TEXT NOT NULL,
   "last_seen_at" TEXT NOT NULL,
   "content_hash" TEXT NOT NULL,
   "reason" TEXT,
   "title" TEXT,
   "summary" TEXT,
   "body" TEXT,
   "body_html" TEXT,
   "author" TEXT,
   "organisation" TEXT,
   "byline" TEXT,
   "category" TEXT,
   "tags" TEXT NOT NULL,
   "published_at" TEXT,
   "published_on" TEXT,
   "published_raw" TEXT,
   "images" TEXT NOT NULL,
   "attachments" TEXT NOT NULL,
   "provenance" TEXT NOT NULL,
   PRIMARY KEY ("article", "version")
) STRICT;
INSERT INTO "article_versions" VALUES (1, 1, 1, '2024-03-28T02:00:00Z', '2024-03-28T02:00:00Z', 'fc3d9c312e35c95a73525009a83ba85d042f5a159b622ba8ee4109fb60e32ee5', NULL, 'Đảng bộ huyện Hoằng Hóa họp', 'Sáng 27/3, hội nghị đã diễn ra.', 'Đồng chí Bí thư chủ trì.

Hội nghị bàn về diễn tập.', '<p>Đồng chí Bí thư chủ trì.</p><p>Hội nghị bàn về diễn tập.</p>', 'Thanh Qúy', 'Trung tâm VHTT TT&DL', 'Thanh Qúy – Trung tâm VHTT TT&DL', 'Tin tức', '["hội nghị","diễn tập"]', '2024-03-27T15:06:52+07:00', '2024-03-27', '15:06:52 27/03/2024 (GMT+7)', '[{"url":"https://hoanghoa.example.vn/anh/a.jpg","filename":"a.jpg","caption":"Toàn cảnh lễ phát động","alt":null},{"url":"https://hoanghoa.example.vn/anh/b.jpg","filename":"b.jpg","caption":null,"alt":null}]', '[{"url":"https://hoanghoa.example.vn/kh.pdf","filename":"kh.pdf","label":"Kế hoạch"}]', '{"title":{"rule":"profile:title","path":"/html/body/h1","confidence":0.9}}');
INSERT INTO "article_versions" VALUES (1, 2, 2, '2024-03-29T02:00:00Z', '2024-03-29T02:00:00Z', 'f6187b8ab9fbf714244223a4941d233f5998e52762547fb6d332fa709c9f2c81', 'edit', 'Đảng bộ huyện họp, bổ sung', 'Sáng 27/3, hội nghị đã diễn ra.', 'Đồng chí Bí thư chủ trì.

Hội nghị bàn về diễn tập.', '<p>Đồng chí Bí thư chủ trì.</p><p>Hội nghị bàn về diễn tập.</p>', 'Thanh Qúy', 'Trung tâm VHTT TT&DL', 'Thanh Qúy – Trung tâm VHTT TT&DL', 'Tin tức', '["hội nghị","diễn tập"]', '2024-03-27T15:06:52+07:00', '2024-03-27', '15:06:52 27/03/2024 (GMT+7)', '[{"url":"https://hoanghoa.example.vn/anh/a.jpg","filename":"a.jpg","caption":"Toàn cảnh lễ phát động","alt":null},{"url":"https://hoanghoa.example.vn/anh/b.jpg","filename":"b.jpg","caption":null,"alt":null}]', '[{"url":"https://hoanghoa.example.vn/kh.pdf","filename":"kh.pdf","label":"Kế hoạch"}]', '{"title":{"rule":"profile:title","path":"/html/body/h1","confidence":0.9}}');
INSERT INTO "article_versions" VALUES (2, 1, 3, '2024-03-29T02:00:05Z', '2024-03-29T02:00:05Z', '8e3f978e1de45d909895e475436f778ef12d3bbddc3553e64bcad2841a47f2db', NULL, 'Đảng bộ huyện Hoằng Hóa họp', 'Sáng 27/3, hội nghị đã diễn ra.', 'Đồng chí Bí thư chủ trì.

Hội nghị bàn về diễn tập.', '<p>Đồng chí Bí thư chủ trì.</p><p>Hội nghị bàn về diễn tập.</p>', 'Thanh Qúy', 'Trung tâm VHTT TT&DL', 'Thanh Qúy – Trung tâm VHTT TT&DL', 'Tin tức', '["hội nghị","diễn tập"]', NULL, NULL, '15:06:52 27/03/2024 (GMT+7)', '[{"url":"https://hoanghoa.example.vn/anh/a.jpg","filename":"a.jpg","caption":"Toàn cảnh lễ phát động","alt":null},{"url":"https://hoanghoa.example.vn/anh/b.jpg","filename":"b.jpg","caption":null,"alt":null}]', '[{"url":"https://hoanghoa.example.vn/kh.pdf","filename":"kh.pdf","label":"Kế hoạch"}]', '{"title":{"rule":"profile:title","path":"/html/body/h1","confidence":0.9}}');
CREATE TABLE "article_views" (
   "article" INTEGER NOT NULL REFERENCES "articles"("id"),
   "observed_at" TEXT NOT NULL,
   "views" INTEGER NOT NULL,
   "capture" INTEGER NOT NULL REFERENCES "captures"("id"),
   PRIMARY KEY ("article", "observed_at")
) STRICT;
INSERT INTO "article_views" VALUES (1, '2024-03-29T02:00:00Z', 17, 2);
CREATE TABLE "absences" (
   "id" INTEGER PRIMARY KEY,
   "article" INTEGER NOT NULL REFERENCES "articles"("id"),
   "first_at" TEXT NOT NULL,
   "first_capture" INTEGER NOT NULL REFERENCES "captures"("id"),
   "last_at" TEXT NOT NULL,
   "last_capture" INTEGER NOT NULL REFERENCES "captures"("id"),
   "gone_at" TEXT,
   "returned_at" TEXT,
   "returned_capture" INTEGER REFERENCES "captures"("id")
) STRICT;
INSERT INTO "absences" VALUES (1, 2, '2024-03-30T02:00:05Z', 4, '2024-03-31T02:00:05Z', 5, '2024-03-31T02:00:05Z', NULL, NULL);
CREATE TABLE "images" (
   "article" INTEGER NOT NULL REFERENCES "articles"("id"),
   "position" INTEGER NOT NULL,
   "url" TEXT NOT NULL,
   "filename" TEXT,
   "caption" TEXT,
   "alt" TEXT,
   "digest" TEXT,
   "bytes" INTEGER,
   "media_type" TEXT,
   "capture" INTEGER REFERENCES "captures"("id"),
   PRIMARY KEY ("article", "position")
) STRICT;
INSERT INTO "images" VALUES (1, 1, 'https://hoanghoa.example.vn/anh/a.jpg', 'a.jpg', 'Toàn cảnh lễ phát động', NULL, 'sha1:photo', 4096, 'image/jpeg', 6);
INSERT INTO "images" VALUES (1, 2, 'https://hoanghoa.example.vn/anh/b.jpg', 'b.jpg', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "images" VALUES (2, 1, 'https://hoanghoa.example.vn/anh/a.jpg', 'a.jpg', 'Toàn cảnh lễ phát động', NULL, 'sha1:photo', 4096, 'image/jpeg', 6);
INSERT INTO "images" VALUES (2, 2, 'https://hoanghoa.example.vn/anh/b.jpg', 'b.jpg', NULL, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE "attachments" (
   "article" INTEGER NOT NULL REFERENCES "articles"("id"),
   "position" INTEGER NOT NULL,
   "url" TEXT NOT NULL,
   "filename" TEXT,
   "label" TEXT,
   "digest" TEXT,
   "bytes" INTEGER,
   "media_type" TEXT,
   "capture" INTEGER REFERENCES "captures"("id"),
   PRIMARY KEY ("article", "position")
) STRICT;
INSERT INTO "attachments" VALUES (1, 1, 'https://hoanghoa.example.vn/kh.pdf', 'kh.pdf', 'Kế hoạch', NULL, NULL, NULL, NULL);
INSERT INTO "attachments" VALUES (2, 1, 'https://hoanghoa.example.vn/kh.pdf', 'kh.pdf', 'Kế hoạch', NULL, NULL, NULL, NULL);
CREATE TABLE "counters" (
   "id" INTEGER PRIMARY KEY,
   "site" TEXT NOT NULL REFERENCES "sites"("id"),
   "observed_at" TEXT NOT NULL,
   "today" INTEGER,
   "yesterday" INTEGER,
   "this_week" INTEGER,
   "this_month" INTEGER,
   "total" INTEGER,
   "online" INTEGER,
   "capture" INTEGER NOT NULL REFERENCES "captures"("id")
) STRICT;
INSERT INTO "counters" VALUES (1, 'hoang-hoa', '2024-03-28T02:00:20Z', 4840, NULL, NULL, NULL, 11718781, NULL, 7);
CREATE TABLE "visits" (
   "site" TEXT NOT NULL REFERENCES "sites"("id"),
   "day" TEXT NOT NULL,
   "visits" INTEGER,
   "low" INTEGER,
   "high" INTEGER,
   "basis" TEXT NOT NULL,
   "own_requests" INTEGER,
   "evidence" TEXT, gap_first TEXT, gap_last TEXT, gap_visits INTEGER,
   PRIMARY KEY ("site", "day")
) STRICT;
INSERT INTO "visits" VALUES ('hoang-hoa', '2024-03-28', NULL, 4840, NULL, 'interval', 3, '{"points": [{"place": "2024-03-28", "count": 11713941, "says": "total - today", "snapshots": 1, "captures": [7], "observed_at": ["2024-03-28T02:00:20Z"]}, {"place": "2024-03-28T02:00:20Z", "count": 11718781, "says": "total", "snapshots": 1, "captures": [7], "observed_at": ["2024-03-28T02:00:20Z"]}]}', NULL, NULL, NULL);
CREATE TABLE "frontier" (
   "id" INTEGER PRIMARY KEY,
   "site" TEXT NOT NULL REFERENCES "sites"("id"),
   "key" TEXT NOT NULL,
   "url" TEXT NOT NULL,
   "host" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "priority" INTEGER NOT NULL,
   "state" TEXT NOT NULL,
   "due_at" TEXT NOT NULL,
   "tries" INTEGER NOT NULL,
   "claimed_by" INTEGER REFERENCES "runs"("id"),
   "round" INTEGER NOT NULL,
   "hops" INTEGER NOT NULL,
   "page" INTEGER NOT NULL,
   "via" TEXT,
   "form" TEXT,
   "redirects_to" TEXT,
   "status" INTEGER,
   "done_at" TEXT
, pager TEXT, listed_title TEXT, listed_on TEXT, listed_raw TEXT) STRICT;
CREATE TABLE "rounds" (
   "id" INTEGER PRIMARY KEY,
   "site" TEXT NOT NULL REFERENCES "sites"("id"),
   "walk" TEXT NOT NULL,
   "opened_at" TEXT NOT NULL,
   "closed_at" TEXT,
   "run" INTEGER REFERENCES "runs"("id")
, known_to INTEGER) STRICT;
CREATE TABLE "hosts" (
   "host" TEXT PRIMARY KEY NOT NULL,
   "rest_until" TEXT,
   "rest_reason" TEXT,
   "failures" INTEGER,
   "robots_state" TEXT,
   "robots_text" TEXT,
   "robots_at" TEXT
) STRICT;
CREATE TABLE "tls_relaxations" (
   "host" TEXT PRIMARY KEY NOT NULL,
   "reason" TEXT NOT NULL,
   "since" TEXT NOT NULL,
   "legacy_renegotiation" INTEGER NOT NULL,
   "weak_keys" INTEGER NOT NULL,
   "intermediate_pem" TEXT
, tested_at TEXT, needed INTEGER, said TEXT) STRICT;
CREATE TABLE "cookies" (
   "host" TEXT NOT NULL,
   "domain" TEXT NOT NULL,
   "path" TEXT NOT NULL,
   "name" TEXT NOT NULL,
   "value" TEXT NOT NULL,
   "secure" INTEGER NOT NULL,
   "expires" TEXT,
   "received_at" TEXT NOT NULL,
   PRIMARY KEY ("host", "domain", "path", "name")
) STRICT;
CREATE TABLE "visit_findings" (
   "id" INTEGER PRIMARY KEY,
   "site" TEXT NOT NULL REFERENCES "sites"("id"),
   "day" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "message" TEXT NOT NULL,
   "facts" TEXT NOT NULL,
   "witnesses" TEXT NOT NULL
) STRICT;
CREATE TABLE "visits_state" (
   "site" TEXT PRIMARY KEY NOT NULL REFERENCES "sites"("id"),
   "votes" TEXT,
   "week_start" TEXT,
   "due_from" TEXT,
   "due_to" TEXT,
   "requests_from" TEXT
, "method" INTEGER) STRICT;
INSERT INTO "visits_state" VALUES ('hoang-hoa', '{}', NULL, NULL, NULL, NULL, 1);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX "idx_runs_command"
    ON "runs" ("command");
CREATE INDEX "idx_runs_started_at"
    ON "runs" ("started_at");
CREATE INDEX "idx_runs_outcome"
    ON "runs" ("outcome");
CREATE INDEX "idx_captures_site_fetched_at"
    ON "captures" ("site", "fetched_at");
CREATE INDEX "idx_captures_url_fetched_at"
    ON "captures" ("url", "fetched_at");
CREATE INDEX "idx_captures_fetched_at"
    ON "captures" ("fetched_at");
CREATE INDEX "idx_captures_digest"
    ON "captures" ("digest");
CREATE INDEX "idx_captures_status"
    ON "captures" ("status");
CREATE INDEX "idx_captures_content_type"
    ON "captures" ("content_type");
CREATE INDEX "idx_captures_source"
    ON "captures" ("source");
CREATE INDEX "idx_captures_run"
    ON "captures" ("run");
CREATE INDEX "idx_captures_revisit_of"
    ON "captures" ("revisit_of");
CREATE UNIQUE INDEX "idx_captures_warc_file_warc_offset"
    ON "captures" ("warc_file", "warc_offset");
CREATE UNIQUE INDEX "idx_failures_site_url"
    ON "failures" ("site", "url");
CREATE INDEX "idx_failures_run"
    ON "failures" ("run");
CREATE INDEX "idx_failures_kind"
    ON "failures" ("kind");
CREATE INDEX "idx_failures_at"
    ON "failures" ("at");
CREATE INDEX "idx_failures_retry_at"
    ON "failures" ("retry_at");
CREATE UNIQUE INDEX "idx_articles_url"
    ON "articles" ("url");
CREATE INDEX "idx_articles_site_published_on"
    ON "articles" ("site", "published_on");
CREATE INDEX "idx_articles_site_published_at"
    ON "articles" ("site", "published_at");
CREATE INDEX "idx_articles_site_year"
    ON "articles" ("site", "year");
CREATE INDEX "idx_articles_site_category"
    ON "articles" ("site", "category");
CREATE INDEX "idx_articles_published_on"
    ON "articles" ("published_on");
CREATE INDEX "idx_articles_published_at"
    ON "articles" ("published_at");
CREATE INDEX "idx_articles_year"
    ON "articles" ("year");
CREATE INDEX "idx_articles_author"
    ON "articles" ("author");
CREATE INDEX "idx_articles_organisation"
    ON "articles" ("organisation");
CREATE INDEX "idx_articles_category"
    ON "articles" ("category");
CREATE INDEX "idx_articles_version"
    ON "articles" ("version");
CREATE INDEX "idx_articles_first_seen_at"
    ON "articles" ("first_seen_at");
CREATE INDEX "idx_articles_last_seen_at"
    ON "articles" ("last_seen_at");
CREATE INDEX "idx_articles_gone_at"
    ON "articles" ("gone_at");
CREATE INDEX "idx_articles_title"
    ON "articles" ("title");
CREATE INDEX "idx_articles_capture"
    ON "articles" ("capture");
CREATE INDEX "idx_article_versions_capture"
    ON "article_versions" ("capture");
CREATE INDEX "idx_article_versions_seen_at"
    ON "article_versions" ("seen_at");
CREATE INDEX "idx_article_versions_reason"
    ON "article_versions" ("reason");
CREATE INDEX "idx_article_versions_version"
    ON "article_versions" ("version");
CREATE INDEX "idx_article_versions_content_hash"
    ON "article_versions" ("content_hash");
CREATE INDEX "idx_article_views_observed_at"
    ON "article_views" ("observed_at");
CREATE INDEX "idx_article_views_views"
    ON "article_views" ("views");
CREATE INDEX "idx_article_views_capture"
    ON "article_views" ("capture");
CREATE INDEX "idx_absences_article_returned_at"
    ON "absences" ("article", "returned_at");
CREATE INDEX "idx_absences_first_at"
    ON "absences" ("first_at");
CREATE INDEX "idx_absences_gone_at"
    ON "absences" ("gone_at");
CREATE INDEX "idx_absences_first_capture"
    ON "absences" ("first_capture");
CREATE INDEX "idx_absences_last_capture"
    ON "absences" ("last_capture");
CREATE INDEX "idx_absences_returned_capture"
    ON "absences" ("returned_capture");
CREATE INDEX "idx_images_url"
    ON "images" ("url");
CREATE INDEX "idx_images_filename"
    ON "images" ("filename");
CREATE INDEX "idx_images_digest"
    ON "images" ("digest");
CREATE INDEX "idx_images_bytes"
    ON "images" ("bytes");
CREATE INDEX "idx_images_media_type"
    ON "images" ("media_type");
CREATE INDEX "idx_images_capture"
    ON "images" ("capture");
CREATE INDEX "idx_attachments_url"
    ON "attachments" ("url");
CREATE INDEX "idx_attachments_filename"
    ON "attachments" ("filename");
CREATE INDEX "idx_attachments_digest"
    ON "attachments" ("digest");
CREATE INDEX "idx_attachments_bytes"
    ON "attachments" ("bytes");
CREATE INDEX "idx_attachments_media_type"
    ON "attachments" ("media_type");
CREATE INDEX "idx_attachments_capture"
    ON "attachments" ("capture");
CREATE INDEX "idx_counters_site_observed_at"
    ON "counters" ("site", "observed_at");
CREATE INDEX "idx_counters_observed_at"
    ON "counters" ("observed_at");
CREATE UNIQUE INDEX "idx_counters_capture"
    ON "counters" ("capture");
CREATE INDEX "idx_visits_day"
    ON "visits" ("day");
CREATE INDEX "idx_visits_basis"
    ON "visits" ("basis");
CREATE INDEX "idx_visits_visits"
    ON "visits" ("visits");
CREATE VIEW "articles_text" AS SELECT id, title, summary, body, captions, byline, replace(replace(replace(replace(replace(replace(title, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D') AS title_folded, replace(replace(replace(replace(replace(replace(summary, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D') AS summary_folded, replace(replace(replace(replace(replace(replace(body, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D') AS body_folded, replace(replace(replace(replace(replace(replace(captions, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D') AS captions_folded, replace(replace(replace(replace(replace(replace(byline, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D') AS byline_folded FROM articles;
CREATE VIRTUAL TABLE articles_fts USING FTS5 /* content="articles", through a view */ (title, summary, body, captions, byline, title_folded, summary_folded, body_folded, captions_folded, byline_folded, content="articles_text", content_rowid="id", tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN INSERT INTO articles_fts (rowid, title, summary, body, captions, byline, title_folded, summary_folded, body_folded, captions_folded, byline_folded) VALUES (new.id, new.title, new.summary, new.body, new.captions, new.byline, replace(replace(replace(replace(replace(replace(new.title, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D'), replace(replace(replace(replace(replace(replace(new.summary, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D'), replace(replace(replace(replace(replace(replace(new.body, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D'), replace(replace(replace(replace(replace(replace(new.captions, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D'), replace(replace(replace(replace(replace(replace(new.byline, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D')); END;
CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN INSERT INTO articles_fts (articles_fts, rowid, title, summary, body, captions, byline, title_folded, summary_folded, body_folded, captions_folded, byline_folded) VALUES ('delete', old.id, old.title, old.summary, old.body, old.captions, old.byline, replace(replace(replace(replace(replace(replace(old.title, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D'), replace(replace(replace(replace(replace(replace(old.summary, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D'), replace(replace(replace(replace(replace(replace(old.body, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D'), replace(replace(replace(replace(replace(replace(old.captions, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D'), replace(replace(replace(replace(replace(replace(old.byline, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D')); END;
CREATE TRIGGER articles_fts_update AFTER UPDATE OF title, summary, body, captions, byline ON articles WHEN old.title IS NOT new.title OR old.summary IS NOT new.summary OR old.body IS NOT new.body OR old.captions IS NOT new.captions OR old.byline IS NOT new.byline BEGIN INSERT INTO articles_fts (articles_fts, rowid, title, summary, body, captions, byline, title_folded, summary_folded, body_folded, captions_folded, byline_folded) VALUES ('delete', old.id, old.title, old.summary, old.body, old.captions, old.byline, replace(replace(replace(replace(replace(replace(old.title, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D'), replace(replace(replace(replace(replace(replace(old.summary, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D'), replace(replace(replace(replace(replace(replace(old.body, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D'), replace(replace(replace(replace(replace(replace(old.captions, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D'), replace(replace(replace(replace(replace(replace(old.byline, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D'));INSERT INTO articles_fts (rowid, title, summary, body, captions, byline, title_folded, summary_folded, body_folded, captions_folded, byline_folded) VALUES (new.id, new.title, new.summary, new.body, new.captions, new.byline, replace(replace(replace(replace(replace(replace(new.title, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D'), replace(replace(replace(replace(replace(replace(new.summary, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D'), replace(replace(replace(replace(replace(replace(new.body, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D'), replace(replace(replace(replace(replace(replace(new.captions, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D'), replace(replace(replace(replace(replace(replace(new.byline, 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D'), 'ɖ', 'd'), 'Ɖ', 'D')); END;
CREATE TRIGGER images_captions_insert AFTER INSERT ON images BEGIN UPDATE articles SET captions = (SELECT group_concat(caption, char(10)) FROM (SELECT caption FROM images WHERE article = new.article ORDER BY position)) WHERE id = new.article AND captions IS NOT (SELECT group_concat(caption, char(10)) FROM (SELECT caption FROM images WHERE article = new.article ORDER BY position)); END;
CREATE TRIGGER images_captions_delete AFTER DELETE ON images BEGIN UPDATE articles SET captions = (SELECT group_concat(caption, char(10)) FROM (SELECT caption FROM images WHERE article = old.article ORDER BY position)) WHERE id = old.article AND captions IS NOT (SELECT group_concat(caption, char(10)) FROM (SELECT caption FROM images WHERE article = old.article ORDER BY position)); END;
CREATE TRIGGER images_captions_update AFTER UPDATE OF article, position, caption ON images BEGIN UPDATE articles SET captions = (SELECT group_concat(caption, char(10)) FROM (SELECT caption FROM images WHERE article = old.article ORDER BY position)) WHERE id = old.article AND captions IS NOT (SELECT group_concat(caption, char(10)) FROM (SELECT caption FROM images WHERE article = old.article ORDER BY position)); UPDATE articles SET captions = (SELECT group_concat(caption, char(10)) FROM (SELECT caption FROM images WHERE article = new.article ORDER BY position)) WHERE id = new.article AND captions IS NOT (SELECT group_concat(caption, char(10)) FROM (SELECT caption FROM images WHERE article = new.article ORDER BY position)); END;
CREATE UNIQUE INDEX "idx_frontier_site_key"
    ON "frontier" ("site", "key");
CREATE INDEX "idx_frontier_claimed_by"
    ON "frontier" ("claimed_by");
CREATE INDEX idx_frontier_waiting ON frontier (host, priority, id) WHERE state = 'waiting';
CREATE INDEX idx_frontier_claimed ON frontier (id) WHERE state = 'claimed';
CREATE INDEX "idx_rounds_site_walk_opened_at"
    ON "rounds" ("site", "walk", "opened_at");
CREATE INDEX "idx_rounds_run"
    ON "rounds" ("run");
CREATE INDEX "idx_visit_findings_site_day"
    ON "visit_findings" ("site", "day");
CREATE INDEX "idx_visit_findings_day"
    ON "visit_findings" ("day");
CREATE INDEX "idx_visit_findings_kind"
    ON "visit_findings" ("kind");
CREATE TRIGGER counters_due_insert AFTER INSERT ON counters BEGIN INSERT INTO visits_state (site, due_from, due_to) VALUES (new.site, new.observed_at, new.observed_at) ON CONFLICT (site) DO UPDATE SET due_from = min(coalesce(due_from, excluded.due_from), excluded.due_from), due_to = max(coalesce(due_to, excluded.due_to), excluded.due_to); END;
CREATE TRIGGER counters_due_update AFTER UPDATE ON counters BEGIN INSERT INTO visits_state (site, due_from, due_to) VALUES (old.site, old.observed_at, old.observed_at) ON CONFLICT (site) DO UPDATE SET due_from = min(coalesce(due_from, excluded.due_from), excluded.due_from), due_to = max(coalesce(due_to, excluded.due_to), excluded.due_to); INSERT INTO visits_state (site, due_from, due_to) VALUES (new.site, new.observed_at, new.observed_at) ON CONFLICT (site) DO UPDATE SET due_from = min(coalesce(due_from, excluded.due_from), excluded.due_from), due_to = max(coalesce(due_to, excluded.due_to), excluded.due_to); END;
CREATE TRIGGER counters_due_delete AFTER DELETE ON counters BEGIN INSERT INTO visits_state (site, due_from, due_to) VALUES (old.site, old.observed_at, old.observed_at) ON CONFLICT (site) DO UPDATE SET due_from = min(coalesce(due_from, excluded.due_from), excluded.due_from), due_to = max(coalesce(due_to, excluded.due_to), excluded.due_to); END;
CREATE TRIGGER captures_own AFTER INSERT ON captures WHEN new.source = 'live' BEGIN INSERT INTO visits_state (site, requests_from) VALUES (new.site, new.fetched_at) ON CONFLICT (site) DO UPDATE SET requests_from = excluded.requests_from WHERE requests_from IS NULL OR requests_from > excluded.requests_from; END;
CREATE INDEX idx_captures_own ON captures (site, source, fetched_at);
CREATE VIEW "visits_daily" AS SELECT site, day, (strftime('%w', day) + 6) % 7 + 1 AS weekday, date(day, 'weekday 0', '-6 days') AS week, substr(day, 1, 7) AS month, visits, low, high, basis, own_requests, max(low - coalesce(own_requests, 0), 0) AS others_low, gap_first, gap_last, gap_visits, (SELECT count(*) FROM visit_findings AS f WHERE f.site = v.site AND f.day = v.day) AS findings FROM visits AS v;
CREATE VIEW "visits_weekly" AS SELECT site, week, CASE WHEN low = high THEN low END AS visits, low, high, CASE WHEN low = high THEN 'exact' ELSE 'interval' END AS basis, days, known_days, exact_days, interval_days, own_requests, max(low - coalesce(own_requests, 0), 0) AS others_low FROM (SELECT site, week, sum(days) OVER p AS known_days, sum(exact_days) OVER p AS exact_days, sum(interval_days) OVER p AS interval_days, sum(low) OVER p AS low, CASE WHEN sum(days) OVER p = 7 AND count(high) OVER p = count(*) OVER p THEN sum(high) OVER p END AS high, sum(own_requests) OVER p AS own_requests, 7 AS days, row_number() OVER p AS nth FROM (SELECT site, week, days, exact_days, interval_days, own_requests, CASE WHEN gap_visits IS NULL THEN low WHEN whole THEN gap_visits ELSE max(low, gap_visits - high_outside) END AS low, CASE WHEN gap_visits IS NULL THEN CASE WHEN highs = days THEN high END WHEN whole THEN gap_visits ELSE min(high, gap_visits - low_outside) END AS high FROM (SELECT site, date(day, 'weekday 0', '-6 days') AS week, gap_visits, count(*) AS days, sum(basis = 'exact') AS exact_days, sum(basis = 'interval') AS interval_days, sum(low) AS low, sum(high) AS high, count(high) AS highs, sum(own_requests) AS own_requests, count(*) = julianday(gap_last) - julianday(gap_first) + 1 AS whole, sum(sum(low)) OVER (PARTITION BY site, gap_first) - sum(low) AS low_outside, sum(sum(high)) OVER (PARTITION BY site, gap_first) - sum(high) AS high_outside FROM visits WHERE basis <> 'none' GROUP BY site, date(day, 'weekday 0', '-6 days'), gap_first)) WINDOW p AS (PARTITION BY site, week)) WHERE nth = 1;
CREATE VIEW "visits_monthly" AS SELECT site, month, CASE WHEN low = high THEN low END AS visits, low, high, CASE WHEN low = high THEN 'exact' ELSE 'interval' END AS basis, days, known_days, exact_days, interval_days, own_requests, max(low - coalesce(own_requests, 0), 0) AS others_low FROM (SELECT site, month, sum(days) OVER p AS known_days, sum(exact_days) OVER p AS exact_days, sum(interval_days) OVER p AS interval_days, sum(low) OVER p AS low, CASE WHEN sum(days) OVER p = CAST(julianday(date(month || '-01', '+1 month')) - julianday(month || '-01') AS INTEGER) AND count(high) OVER p = count(*) OVER p THEN sum(high) OVER p END AS high, sum(own_requests) OVER p AS own_requests, CAST(julianday(date(month || '-01', '+1 month')) - julianday(month || '-01') AS INTEGER) AS days, row_number() OVER p AS nth FROM (SELECT site, month, days, exact_days, interval_days, own_requests, CASE WHEN gap_visits IS NULL THEN low WHEN whole THEN gap_visits ELSE max(low, gap_visits - high_outside) END AS low, CASE WHEN gap_visits IS NULL THEN CASE WHEN highs = days THEN high END WHEN whole THEN gap_visits ELSE min(high, gap_visits - low_outside) END AS high FROM (SELECT site, substr(day, 1, 7) AS month, gap_visits, count(*) AS days, sum(basis = 'exact') AS exact_days, sum(basis = 'interval') AS interval_days, sum(low) AS low, sum(high) AS high, count(high) AS highs, sum(own_requests) AS own_requests, count(*) = julianday(gap_last) - julianday(gap_first) + 1 AS whole, sum(sum(low)) OVER (PARTITION BY site, gap_first) - sum(low) AS low_outside, sum(sum(high)) OVER (PARTITION BY site, gap_first) - sum(high) AS high_outside FROM visits WHERE basis <> 'none' GROUP BY site, substr(day, 1, 7), gap_first)) WINDOW p AS (PARTITION BY site, month)) WHERE nth = 1;
CREATE VIEW "article_views_read" AS SELECT article, observed_at, views, capture, CASE WHEN stale THEN 'stale' WHEN views < before THEN 'reset' END AS note, CASE WHEN NOT stale AND views >= before THEN views - before END AS gained FROM (SELECT *, lag(views) OVER (PARTITION BY article, stale ORDER BY observed_at) AS before FROM (SELECT article, observed_at, views, capture, EXISTS (SELECT 1 FROM article_views AS e JOIN article_views AS l ON l.article = e.article WHERE e.article = v.article AND e.observed_at < v.observed_at AND e.views > v.views AND l.observed_at > v.observed_at AND l.views >= e.views) AS stale FROM article_views AS v));
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
