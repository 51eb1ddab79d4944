-- The database of commit c16579f, the first landed with search, with three questions.
BEGIN;
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
INSERT INTO "django_migrations" VALUES(1,'contenttypes','0001_initial','2026-11-28 09:44:01.229434');
INSERT INTO "django_migrations" VALUES(2,'auth','0001_initial','2026-11-28 09:44:01.292398');
INSERT INTO "django_migrations" VALUES(3,'admin','0001_initial','2026-11-28 09:44:01.344488');
INSERT INTO "django_migrations" VALUES(4,'admin','0002_logentry_remove_auto_add','2026-11-28 09:44:01.378074');
INSERT INTO "django_migrations" VALUES(5,'admin','0003_logentry_add_action_flag_choices','2026-11-28 09:44:01.406053');
INSERT INTO "django_migrations" VALUES(6,'contenttypes','0002_remove_content_type_name','2026-11-28 09:44:01.445461');
INSERT INTO "django_migrations" VALUES(7,'auth','0002_alter_permission_name_max_length','2026-11-28 09:44:01.474259');
INSERT INTO "django_migrations" VALUES(8,'auth','0003_alter_user_email_max_length','2026-11-28 09:44:01.497415');
INSERT INTO "django_migrations" VALUES(9,'auth','0004_alter_user_username_opts','2026-11-28 09:44:01.517938');
INSERT INTO "django_migrations" VALUES(10,'auth','0005_alter_user_last_login_null','2026-11-28 09:44:01.562640');
INSERT INTO "django_migrations" VALUES(11,'auth','0006_require_contenttypes_0002','2026-11-28 09:44:01.576463');
INSERT INTO "django_migrations" VALUES(12,'auth','0007_alter_validators_add_error_messages','2026-11-28 09:44:01.603663');
INSERT INTO "django_migrations" VALUES(13,'auth','0008_alter_user_username_max_length','2026-11-28 09:44:01.628310');
INSERT INTO "django_migrations" VALUES(14,'auth','0009_alter_user_last_name_max_length','2026-11-28 09:44:01.656721');
INSERT INTO "django_migrations" VALUES(15,'auth','0010_alter_group_name_max_length','2026-11-28 09:44:01.688639');
INSERT INTO "django_migrations" VALUES(16,'auth','0011_update_proxy_permissions','2026-11-28 09:44:01.713222');
INSERT INTO "django_migrations" VALUES(17,'auth','0012_alter_user_first_name_max_length','2026-11-28 09:44:01.738139');
INSERT INTO "django_migrations" VALUES(18,'questions','0001_initial','2026-11-28 09:44:01.791787');
INSERT INTO "django_migrations" VALUES(19,'questions','0002_search_and_paging','2026-11-28 09:44:01.845995');
INSERT INTO "django_migrations" VALUES(20,'questions','0003_search_index_and_content_version','2026-11-28 09:44:01.874246');
INSERT INTO "django_migrations" VALUES(21,'sessions','0001_initial','2026-11-28 09:44:01.911240');
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE UNIQUE INDEX "auth_user_groups_user_id_group_id_94350c0c_uniq" ON "auth_user_groups" ("user_id", "group_id");
CREATE INDEX "auth_user_groups_user_id_6a12ed8b" ON "auth_user_groups" ("user_id");
CREATE INDEX "auth_user_groups_group_id_97559544" ON "auth_user_groups" ("group_id");
CREATE UNIQUE INDEX "auth_user_user_permissions_user_id_permission_id_14a6b632_uniq" ON "auth_user_user_permissions" ("user_id", "permission_id");
CREATE INDEX "auth_user_user_permissions_user_id_a95ead1b" ON "auth_user_user_permissions" ("user_id");
CREATE INDEX "auth_user_user_permissions_permission_id_1fbb5f2c" ON "auth_user_user_permissions" ("permission_id");
CREATE TABLE "django_admin_log" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" text NULL, "object_repr" varchar(200) NOT NULL, "action_flag" smallint unsigned NOT NULL CHECK ("action_flag" >= 0), "change_message" text NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "action_time" datetime NOT NULL);
CREATE INDEX "django_admin_log_content_type_id_c4bce8eb" ON "django_admin_log" ("content_type_id");
CREATE INDEX "django_admin_log_user_id_c564eba6" ON "django_admin_log" ("user_id");
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
INSERT INTO "django_content_type" VALUES(1,'admin','logentry');
INSERT INTO "django_content_type" VALUES(2,'auth','permission');
INSERT INTO "django_content_type" VALUES(3,'auth','group');
INSERT INTO "django_content_type" VALUES(4,'auth','user');
INSERT INTO "django_content_type" VALUES(5,'contenttypes','contenttype');
INSERT INTO "django_content_type" VALUES(6,'sessions','session');
INSERT INTO "django_content_type" VALUES(7,'questions','category');
INSERT INTO "django_content_type" VALUES(8,'questions','level');
INSERT INTO "django_content_type" VALUES(9,'questions','technology');
INSERT INTO "django_content_type" VALUES(10,'questions','question');
INSERT INTO "django_content_type" VALUES(11,'questions','followup');
INSERT INTO "django_content_type" VALUES(12,'questions','contentversion');
INSERT INTO "django_content_type" VALUES(13,'questions','missedsearch');
INSERT INTO "django_content_type" VALUES(14,'questions','searchdocument');
INSERT INTO "django_content_type" VALUES(15,'questions','word');
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
INSERT INTO "auth_permission" VALUES(1,1,'add_logentry','Can add log entry');
INSERT INTO "auth_permission" VALUES(2,1,'change_logentry','Can change log entry');
INSERT INTO "auth_permission" VALUES(3,1,'delete_logentry','Can delete log entry');
INSERT INTO "auth_permission" VALUES(4,1,'view_logentry','Can view log entry');
INSERT INTO "auth_permission" VALUES(5,2,'add_permission','Can add permission');
INSERT INTO "auth_permission" VALUES(6,2,'change_permission','Can change permission');
INSERT INTO "auth_permission" VALUES(7,2,'delete_permission','Can delete permission');
INSERT INTO "auth_permission" VALUES(8,2,'view_permission','Can view permission');
INSERT INTO "auth_permission" VALUES(9,3,'add_group','Can add group');
INSERT INTO "auth_permission" VALUES(10,3,'change_group','Can change group');
INSERT INTO "auth_permission" VALUES(11,3,'delete_group','Can delete group');
INSERT INTO "auth_permission" VALUES(12,3,'view_group','Can view group');
INSERT INTO "auth_permission" VALUES(13,4,'add_user','Can add user');
INSERT INTO "auth_permission" VALUES(14,4,'change_user','Can change user');
INSERT INTO "auth_permission" VALUES(15,4,'delete_user','Can delete user');
INSERT INTO "auth_permission" VALUES(16,4,'view_user','Can view user');
INSERT INTO "auth_permission" VALUES(17,5,'add_contenttype','Can add content type');
INSERT INTO "auth_permission" VALUES(18,5,'change_contenttype','Can change content type');
INSERT INTO "auth_permission" VALUES(19,5,'delete_contenttype','Can delete content type');
INSERT INTO "auth_permission" VALUES(20,5,'view_contenttype','Can view content type');
INSERT INTO "auth_permission" VALUES(21,6,'add_session','Can add session');
INSERT INTO "auth_permission" VALUES(22,6,'change_session','Can change session');
INSERT INTO "auth_permission" VALUES(23,6,'delete_session','Can delete session');
INSERT INTO "auth_permission" VALUES(24,6,'view_session','Can view session');
INSERT INTO "auth_permission" VALUES(25,7,'add_category','Can add category');
INSERT INTO "auth_permission" VALUES(26,7,'change_category','Can change category');
INSERT INTO "auth_permission" VALUES(27,7,'delete_category','Can delete category');
INSERT INTO "auth_permission" VALUES(28,7,'view_category','Can view category');
INSERT INTO "auth_permission" VALUES(29,8,'add_level','Can add level');
INSERT INTO "auth_permission" VALUES(30,8,'change_level','Can change level');
INSERT INTO "auth_permission" VALUES(31,8,'delete_level','Can delete level');
INSERT INTO "auth_permission" VALUES(32,8,'view_level','Can view level');
INSERT INTO "auth_permission" VALUES(33,9,'add_technology','Can add technology');
INSERT INTO "auth_permission" VALUES(34,9,'change_technology','Can change technology');
INSERT INTO "auth_permission" VALUES(35,9,'delete_technology','Can delete technology');
INSERT INTO "auth_permission" VALUES(36,9,'view_technology','Can view technology');
INSERT INTO "auth_permission" VALUES(37,10,'add_question','Can add question');
INSERT INTO "auth_permission" VALUES(38,10,'change_question','Can change question');
INSERT INTO "auth_permission" VALUES(39,10,'delete_question','Can delete question');
INSERT INTO "auth_permission" VALUES(40,10,'view_question','Can view question');
INSERT INTO "auth_permission" VALUES(41,11,'add_followup','Can add follow-up question');
INSERT INTO "auth_permission" VALUES(42,11,'change_followup','Can change follow-up question');
INSERT INTO "auth_permission" VALUES(43,11,'delete_followup','Can delete follow-up question');
INSERT INTO "auth_permission" VALUES(44,11,'view_followup','Can view follow-up question');
INSERT INTO "auth_permission" VALUES(45,12,'add_contentversion','Can add content version');
INSERT INTO "auth_permission" VALUES(46,12,'change_contentversion','Can change content version');
INSERT INTO "auth_permission" VALUES(47,12,'delete_contentversion','Can delete content version');
INSERT INTO "auth_permission" VALUES(48,12,'view_contentversion','Can view content version');
INSERT INTO "auth_permission" VALUES(49,13,'add_missedsearch','Can add missed search');
INSERT INTO "auth_permission" VALUES(50,13,'change_missedsearch','Can change missed search');
INSERT INTO "auth_permission" VALUES(51,13,'delete_missedsearch','Can delete missed search');
INSERT INTO "auth_permission" VALUES(52,13,'view_missedsearch','Can view missed search');
INSERT INTO "auth_permission" VALUES(53,14,'add_searchdocument','Can add search document');
INSERT INTO "auth_permission" VALUES(54,14,'change_searchdocument','Can change search document');
INSERT INTO "auth_permission" VALUES(55,14,'delete_searchdocument','Can delete search document');
INSERT INTO "auth_permission" VALUES(56,14,'view_searchdocument','Can view search document');
INSERT INTO "auth_permission" VALUES(57,15,'add_word','Can add word');
INSERT INTO "auth_permission" VALUES(58,15,'change_word','Can change word');
INSERT INTO "auth_permission" VALUES(59,15,'delete_word','Can delete word');
INSERT INTO "auth_permission" VALUES(60,15,'view_word','Can view word');
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "last_name" varchar(150) NOT NULL, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "first_name" varchar(150) NOT NULL);
CREATE TABLE "questions_category" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL UNIQUE, "slug" varchar(60) NOT NULL UNIQUE, "position" smallint unsigned NOT NULL CHECK ("position" >= 0));
INSERT INTO "questions_category" VALUES(1,'Core','core',1);
CREATE TABLE "questions_level" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL UNIQUE, "slug" varchar(60) NOT NULL UNIQUE, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "code_part" varchar(3) NOT NULL UNIQUE);
INSERT INTO "questions_level" VALUES(1,'Advanced','advanced',1,'ADV');
CREATE TABLE "questions_technology" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL UNIQUE, "slug" varchar(60) NOT NULL UNIQUE, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "code_prefix" varchar(4) NOT NULL UNIQUE);
INSERT INTO "questions_technology" VALUES(1,'Python','python',1,'PY');
CREATE TABLE "questions_followup" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "text" varchar(300) NOT NULL, "answered_by_id" bigint NULL REFERENCES "questions_question" ("id") DEFERRABLE INITIALLY DEFERRED, "question_id" bigint NOT NULL REFERENCES "questions_question" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "follow_up_position_once_a_question" UNIQUE ("question_id", "position"));
INSERT INTO "questions_followup" VALUES(1,1,'And how does a zebra differ?',2,1);
INSERT INTO "questions_followup" VALUES(2,1,'Which of them is found first?',NULL,2);
CREATE INDEX "questions_followup_answered_by_id_8c501b6b" ON "questions_followup" ("answered_by_id");
CREATE INDEX "questions_followup_question_id_43c71132" ON "questions_followup" ("question_id");
CREATE TABLE "questions_question" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(12) NOT NULL UNIQUE, "title" varchar(110) NOT NULL, "difficulty" smallint unsigned NOT NULL CHECK ("difficulty" >= 0), "status" varchar(10) NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "published_at" datetime NULL, "category_id" bigint NOT NULL REFERENCES "questions_category" ("id") DEFERRABLE INITIALLY DEFERRED, "level_id" bigint NOT NULL REFERENCES "questions_level" ("id") DEFERRABLE INITIALLY DEFERRED, "technology_id" bigint NOT NULL REFERENCES "questions_technology" ("id") DEFERRABLE INITIALLY DEFERRED, "answer" text NOT NULL, "explanation" text NOT NULL, "example" text NOT NULL, "mistakes" text NOT NULL, "scenario" text NOT NULL, "references" text NOT NULL, "verified_for" varchar(40) NOT NULL, "answer_html" text NOT NULL, "explanation_html" text NOT NULL, "example_html" text NOT NULL, "mistakes_html" text NOT NULL, "scenario_html" text NOT NULL, "references_html" text NOT NULL, CONSTRAINT "question_difficulty_from_1_to_10" CHECK ("difficulty" BETWEEN 1 AND 10), CONSTRAINT "question_published_has_date" CHECK ((NOT ("status" = 'published') OR "published_at" IS NOT NULL)));
INSERT INTO "questions_question" VALUES(1,'PY-ADV-001','What is a metaclass?',7,'published','2026-01-01 10:00:00','2026-01-02 10:00:00','2026-01-02 10:00:00',1,1,1,'The class of a *class*.','It makes classes as classes make instances.','','','','','','<p>The class of a <em>class</em>.</p>','<p>It makes classes as classes make instances.</p>','','','','');
INSERT INTO "questions_question" VALUES(2,'PY-ADV-002','What is a descriptor?',6,'published','2026-01-01 10:00:00','2026-01-02 10:00:00','2026-01-02 10:00:00',1,1,1,'An object that has `__get__`.','','','','','','','<p>An object that has <code>__get__</code>.</p>','','','','','');
INSERT INTO "questions_question" VALUES(3,'PY-ADV-003','What is a secret?',5,'draft','2026-01-01 10:00:00','2026-01-02 10:00:00',NULL,1,1,1,'Nobody knows.','','','','','','','<p>Nobody knows.</p>','','','','','');
CREATE INDEX "questions_question_category_id_e817b346" ON "questions_question" ("category_id");
CREATE INDEX "questions_question_level_id_148ef628" ON "questions_question" ("level_id");
CREATE INDEX "questions_question_technology_id_cd8d9419" ON "questions_question" ("technology_id");
CREATE TABLE "questions_contentversion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" bigint unsigned NOT NULL CHECK ("number" >= 0));
INSERT INTO "questions_contentversion" VALUES(1,4788044158969342351);
CREATE TABLE "questions_missedsearch" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" varchar(100) NOT NULL UNIQUE, "count" integer unsigned NOT NULL CHECK ("count" >= 0), "last_seen" datetime NOT NULL);
CREATE TABLE "questions_searchdocument" ("question_id" bigint NOT NULL PRIMARY KEY REFERENCES "questions_question" ("id") DEFERRABLE INITIALLY DEFERRED, "facets" varchar(60) NOT NULL, "title" text NOT NULL, "answer" text NOT NULL, "body" text NOT NULL);
INSERT INTO "questions_searchdocument" VALUES(1,'xt1 xc1 xl1 xd7','py adv n001 what is a metaclass pyadv001','the class of a class','it make class as class make instanc and how doe a zebra differ python core advanc');
INSERT INTO "questions_searchdocument" VALUES(2,'xt1 xc1 xl1 xd6','py adv n002 what is a descriptor pyadv002','an object that has get','which of them is found first python core advanc');
CREATE TABLE "questions_word" ("word" varchar(40) NOT NULL PRIMARY KEY, "documents" integer unsigned NOT NULL CHECK ("documents" >= 0));
INSERT INTO "questions_word" VALUES('adv',2);
INSERT INTO "questions_word" VALUES('advanced',2);
INSERT INTO "questions_word" VALUES('class',1);
INSERT INTO "questions_word" VALUES('classes',1);
INSERT INTO "questions_word" VALUES('core',2);
INSERT INTO "questions_word" VALUES('instances',1);
INSERT INTO "questions_word" VALUES('make',1);
INSERT INTO "questions_word" VALUES('makes',1);
INSERT INTO "questions_word" VALUES('metaclass',1);
INSERT INTO "questions_word" VALUES('python',2);
INSERT INTO "questions_word" VALUES('the',1);
INSERT INTO "questions_word" VALUES('what',2);
INSERT INTO "questions_word" VALUES('descriptor',1);
INSERT INTO "questions_word" VALUES('get',1);
INSERT INTO "questions_word" VALUES('has',1);
INSERT INTO "questions_word" VALUES('object',1);
INSERT INTO "questions_word" VALUES('that',1);
INSERT INTO "questions_word" VALUES('and',0);
INSERT INTO "questions_word" VALUES('differ',0);
INSERT INTO "questions_word" VALUES('does',0);
INSERT INTO "questions_word" VALUES('how',0);
INSERT INTO "questions_word" VALUES('zebra',0);
INSERT INTO "questions_word" VALUES('first',0);
INSERT INTO "questions_word" VALUES('found',0);
INSERT INTO "questions_word" VALUES('them',0);
INSERT INTO "questions_word" VALUES('which',0);
CREATE INDEX "question_cells" ON "questions_question" ("status", "technology_id", "category_id", "level_id", "difficulty", "code");
CREATE INDEX "question_buckets" ON "questions_question" ("status", "level_id", "difficulty", "code", "technology_id", "category_id");
CREATE INDEX "question_technology" ON "questions_question" ("status", "technology_id", "level_id", "difficulty", "code", "category_id");
CREATE INDEX "question_codes" ON "questions_question" ("status", "code", "technology_id", "category_id", "level_id", "difficulty");
CREATE INDEX "question_newest" ON "questions_question" ("status", "published_at" DESC, "code", "technology_id", "category_id", "level_id", "difficulty");
CREATE INDEX "missed_search_oldest" ON "questions_missedsearch" ("last_seen");
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
CREATE VIRTUAL TABLE questions_search USING fts5(
        facets, title, answer, body, content='questions_searchdocument', content_rowid='question_id', tokenize='ascii');
INSERT INTO questions_search(questions_search) VALUES ('rebuild');
CREATE TRIGGER search_insert AFTER INSERT ON questions_searchdocument BEGIN INSERT INTO questions_search(rowid, facets, title, answer, body) VALUES (new.question_id, new.facets, new.title, new.answer, new.body); END;
CREATE TRIGGER search_delete AFTER DELETE ON questions_searchdocument BEGIN INSERT INTO questions_search(questions_search, rowid, facets, title, answer, body) VALUES ('delete', old.question_id, old.facets, old.title, old.answer, old.body); END;
CREATE TRIGGER search_update AFTER UPDATE ON questions_searchdocument BEGIN INSERT INTO questions_search(questions_search, rowid, facets, title, answer, body) VALUES ('delete', old.question_id, old.facets, old.title, old.answer, old.body); INSERT INTO questions_search(rowid, facets, title, answer, body) VALUES (new.question_id, new.facets, new.title, new.answer, new.body); END;
CREATE TRIGGER content_question_insert AFTER INSERT ON questions_question
        BEGIN 
    INSERT INTO questions_contentversion (id, number) VALUES (1, random() & 9223372036854775807)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
; END;
CREATE TRIGGER content_question_update AFTER UPDATE ON questions_question
        BEGIN 
    INSERT INTO questions_contentversion (id, number) VALUES (1, random() & 9223372036854775807)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
; END;
CREATE TRIGGER content_question_delete AFTER DELETE ON questions_question
        BEGIN 
    INSERT INTO questions_contentversion (id, number) VALUES (1, random() & 9223372036854775807)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
; END;
CREATE TRIGGER content_followup_insert AFTER INSERT ON questions_followup
        BEGIN 
    INSERT INTO questions_contentversion (id, number) VALUES (1, random() & 9223372036854775807)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
; END;
CREATE TRIGGER content_followup_update AFTER UPDATE ON questions_followup
        BEGIN 
    INSERT INTO questions_contentversion (id, number) VALUES (1, random() & 9223372036854775807)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
; END;
CREATE TRIGGER content_followup_delete AFTER DELETE ON questions_followup
        BEGIN 
    INSERT INTO questions_contentversion (id, number) VALUES (1, random() & 9223372036854775807)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
; END;
CREATE TRIGGER content_technology_insert AFTER INSERT ON questions_technology
        BEGIN 
    INSERT INTO questions_contentversion (id, number) VALUES (1, random() & 9223372036854775807)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
; END;
CREATE TRIGGER content_technology_update AFTER UPDATE ON questions_technology
        BEGIN 
    INSERT INTO questions_contentversion (id, number) VALUES (1, random() & 9223372036854775807)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
; END;
CREATE TRIGGER content_technology_delete AFTER DELETE ON questions_technology
        BEGIN 
    INSERT INTO questions_contentversion (id, number) VALUES (1, random() & 9223372036854775807)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
; END;
CREATE TRIGGER content_level_insert AFTER INSERT ON questions_level
        BEGIN 
    INSERT INTO questions_contentversion (id, number) VALUES (1, random() & 9223372036854775807)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
; END;
CREATE TRIGGER content_level_update AFTER UPDATE ON questions_level
        BEGIN 
    INSERT INTO questions_contentversion (id, number) VALUES (1, random() & 9223372036854775807)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
; END;
CREATE TRIGGER content_level_delete AFTER DELETE ON questions_level
        BEGIN 
    INSERT INTO questions_contentversion (id, number) VALUES (1, random() & 9223372036854775807)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
; END;
CREATE TRIGGER content_category_insert AFTER INSERT ON questions_category
        BEGIN 
    INSERT INTO questions_contentversion (id, number) VALUES (1, random() & 9223372036854775807)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
; END;
CREATE TRIGGER content_category_update AFTER UPDATE ON questions_category
        BEGIN 
    INSERT INTO questions_contentversion (id, number) VALUES (1, random() & 9223372036854775807)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
; END;
CREATE TRIGGER content_category_delete AFTER DELETE ON questions_category
        BEGIN 
    INSERT INTO questions_contentversion (id, number) VALUES (1, random() & 9223372036854775807)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
; END;
COMMIT;
