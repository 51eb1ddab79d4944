-- The database of commit 50dbad0 with six questions, of which one is deleted: edited, voted on, on their way.
BEGIN TRANSACTION;
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
INSERT INTO "auth_group" VALUES(1,'Editors');
INSERT INTO "auth_group" VALUES(2,'Reviewers');
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "auth_group_permissions" VALUES(1,1,1);
INSERT INTO "auth_group_permissions" VALUES(2,1,2);
INSERT INTO "auth_group_permissions" VALUES(3,1,3);
INSERT INTO "auth_group_permissions" VALUES(4,1,4);
INSERT INTO "auth_group_permissions" VALUES(5,1,5);
INSERT INTO "auth_group_permissions" VALUES(6,1,6);
INSERT INTO "auth_group_permissions" VALUES(7,1,7);
INSERT INTO "auth_group_permissions" VALUES(8,1,8);
INSERT INTO "auth_group_permissions" VALUES(9,1,9);
INSERT INTO "auth_group_permissions" VALUES(10,1,10);
INSERT INTO "auth_group_permissions" VALUES(11,1,11);
INSERT INTO "auth_group_permissions" VALUES(12,1,12);
INSERT INTO "auth_group_permissions" VALUES(13,1,13);
INSERT INTO "auth_group_permissions" VALUES(14,1,14);
INSERT INTO "auth_group_permissions" VALUES(15,1,15);
INSERT INTO "auth_group_permissions" VALUES(16,1,16);
INSERT INTO "auth_group_permissions" VALUES(17,1,17);
INSERT INTO "auth_group_permissions" VALUES(18,1,18);
INSERT INTO "auth_group_permissions" VALUES(19,2,1);
INSERT INTO "auth_group_permissions" VALUES(20,2,2);
INSERT INTO "auth_group_permissions" VALUES(21,2,3);
INSERT INTO "auth_group_permissions" VALUES(22,2,4);
INSERT INTO "auth_group_permissions" VALUES(23,2,5);
INSERT INTO "auth_group_permissions" VALUES(24,2,6);
INSERT INTO "auth_group_permissions" VALUES(25,2,7);
INSERT INTO "auth_group_permissions" VALUES(26,2,8);
INSERT INTO "auth_group_permissions" VALUES(27,2,9);
INSERT INTO "auth_group_permissions" VALUES(28,2,10);
INSERT INTO "auth_group_permissions" VALUES(29,2,11);
INSERT INTO "auth_group_permissions" VALUES(30,2,12);
INSERT INTO "auth_group_permissions" VALUES(31,2,13);
INSERT INTO "auth_group_permissions" VALUES(32,2,14);
INSERT INTO "auth_group_permissions" VALUES(33,2,15);
INSERT INTO "auth_group_permissions" VALUES(34,2,16);
INSERT INTO "auth_group_permissions" VALUES(35,2,17);
INSERT INTO "auth_group_permissions" VALUES(36,2,18);
INSERT INTO "auth_group_permissions" VALUES(37,2,19);
INSERT INTO "auth_group_permissions" VALUES(38,2,20);
INSERT INTO "auth_group_permissions" VALUES(39,2,21);
INSERT INTO "auth_group_permissions" VALUES(40,2,22);
INSERT INTO "auth_group_permissions" VALUES(41,2,23);
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
INSERT INTO "auth_permission" VALUES(1,1,'add_question','Can add question');
INSERT INTO "auth_permission" VALUES(2,1,'change_question','Can change question');
INSERT INTO "auth_permission" VALUES(3,1,'view_question','Can view question');
INSERT INTO "auth_permission" VALUES(4,1,'submit_question','Can submit questions for review');
INSERT INTO "auth_permission" VALUES(5,2,'add_followup','Can add follow-up question');
INSERT INTO "auth_permission" VALUES(6,2,'change_followup','Can change follow-up question');
INSERT INTO "auth_permission" VALUES(7,2,'delete_followup','Can delete follow-up question');
INSERT INTO "auth_permission" VALUES(8,2,'view_followup','Can view follow-up question');
INSERT INTO "auth_permission" VALUES(9,3,'add_technology','Can add technology');
INSERT INTO "auth_permission" VALUES(10,3,'view_technology','Can view technology');
INSERT INTO "auth_permission" VALUES(11,4,'add_level','Can add level');
INSERT INTO "auth_permission" VALUES(12,4,'view_level','Can view level');
INSERT INTO "auth_permission" VALUES(13,5,'add_category','Can add category');
INSERT INTO "auth_permission" VALUES(14,5,'view_category','Can view category');
INSERT INTO "auth_permission" VALUES(15,6,'view_missedsearch','Can view missed search');
INSERT INTO "auth_permission" VALUES(16,6,'delete_missedsearch','Can delete missed search');
INSERT INTO "auth_permission" VALUES(17,7,'view_vote','Can view vote');
INSERT INTO "auth_permission" VALUES(18,7,'delete_vote','Can delete vote');
INSERT INTO "auth_permission" VALUES(19,1,'review_question','Can publish, archive and send back questions');
INSERT INTO "auth_permission" VALUES(20,1,'delete_question','Can delete question');
INSERT INTO "auth_permission" VALUES(21,3,'change_technology','Can change technology');
INSERT INTO "auth_permission" VALUES(22,4,'change_level','Can change level');
INSERT INTO "auth_permission" VALUES(23,5,'change_category','Can change category');
INSERT INTO "auth_permission" VALUES(24,8,'add_logentry','Can add log entry');
INSERT INTO "auth_permission" VALUES(25,8,'change_logentry','Can change log entry');
INSERT INTO "auth_permission" VALUES(26,8,'delete_logentry','Can delete log entry');
INSERT INTO "auth_permission" VALUES(27,8,'view_logentry','Can view log entry');
INSERT INTO "auth_permission" VALUES(28,9,'add_permission','Can add permission');
INSERT INTO "auth_permission" VALUES(29,9,'change_permission','Can change permission');
INSERT INTO "auth_permission" VALUES(30,9,'delete_permission','Can delete permission');
INSERT INTO "auth_permission" VALUES(31,9,'view_permission','Can view permission');
INSERT INTO "auth_permission" VALUES(32,10,'add_group','Can add group');
INSERT INTO "auth_permission" VALUES(33,10,'change_group','Can change group');
INSERT INTO "auth_permission" VALUES(34,10,'delete_group','Can delete group');
INSERT INTO "auth_permission" VALUES(35,10,'view_group','Can view group');
INSERT INTO "auth_permission" VALUES(36,11,'add_user','Can add user');
INSERT INTO "auth_permission" VALUES(37,11,'change_user','Can change user');
INSERT INTO "auth_permission" VALUES(38,11,'delete_user','Can delete user');
INSERT INTO "auth_permission" VALUES(39,11,'view_user','Can view user');
INSERT INTO "auth_permission" VALUES(40,12,'add_contenttype','Can add content type');
INSERT INTO "auth_permission" VALUES(41,12,'change_contenttype','Can change content type');
INSERT INTO "auth_permission" VALUES(42,12,'delete_contenttype','Can delete content type');
INSERT INTO "auth_permission" VALUES(43,12,'view_contenttype','Can view content type');
INSERT INTO "auth_permission" VALUES(44,13,'add_session','Can add session');
INSERT INTO "auth_permission" VALUES(45,13,'change_session','Can change session');
INSERT INTO "auth_permission" VALUES(46,13,'delete_session','Can delete session');
INSERT INTO "auth_permission" VALUES(47,13,'view_session','Can view session');
INSERT INTO "auth_permission" VALUES(48,14,'add_accessattempt','Can add access attempt');
INSERT INTO "auth_permission" VALUES(49,14,'change_accessattempt','Can change access attempt');
INSERT INTO "auth_permission" VALUES(50,14,'delete_accessattempt','Can delete access attempt');
INSERT INTO "auth_permission" VALUES(51,14,'view_accessattempt','Can view access attempt');
INSERT INTO "auth_permission" VALUES(52,15,'add_accesslog','Can add access log');
INSERT INTO "auth_permission" VALUES(53,15,'change_accesslog','Can change access log');
INSERT INTO "auth_permission" VALUES(54,15,'delete_accesslog','Can delete access log');
INSERT INTO "auth_permission" VALUES(55,15,'view_accesslog','Can view access log');
INSERT INTO "auth_permission" VALUES(56,16,'add_accessfailurelog','Can add access failure');
INSERT INTO "auth_permission" VALUES(57,16,'change_accessfailurelog','Can change access failure');
INSERT INTO "auth_permission" VALUES(58,16,'delete_accessfailurelog','Can delete access failure');
INSERT INTO "auth_permission" VALUES(59,16,'view_accessfailurelog','Can view access failure');
INSERT INTO "auth_permission" VALUES(60,17,'add_accessattemptexpiration','Can add access attempt expiration');
INSERT INTO "auth_permission" VALUES(61,17,'change_accessattemptexpiration','Can change access attempt expiration');
INSERT INTO "auth_permission" VALUES(62,17,'delete_accessattemptexpiration','Can delete access attempt expiration');
INSERT INTO "auth_permission" VALUES(63,17,'view_accessattemptexpiration','Can view access attempt expiration');
INSERT INTO "auth_permission" VALUES(64,18,'add_staticdevice','Can add static device');
INSERT INTO "auth_permission" VALUES(65,18,'change_staticdevice','Can change static device');
INSERT INTO "auth_permission" VALUES(66,18,'delete_staticdevice','Can delete static device');
INSERT INTO "auth_permission" VALUES(67,18,'view_staticdevice','Can view static device');
INSERT INTO "auth_permission" VALUES(68,19,'add_statictoken','Can add static token');
INSERT INTO "auth_permission" VALUES(69,19,'change_statictoken','Can change static token');
INSERT INTO "auth_permission" VALUES(70,19,'delete_statictoken','Can delete static token');
INSERT INTO "auth_permission" VALUES(71,19,'view_statictoken','Can view static token');
INSERT INTO "auth_permission" VALUES(72,20,'add_totpdevice','Can add TOTP device');
INSERT INTO "auth_permission" VALUES(73,20,'change_totpdevice','Can change TOTP device');
INSERT INTO "auth_permission" VALUES(74,20,'delete_totpdevice','Can delete TOTP device');
INSERT INTO "auth_permission" VALUES(75,20,'view_totpdevice','Can view TOTP device');
INSERT INTO "auth_permission" VALUES(76,5,'delete_category','Can delete category');
INSERT INTO "auth_permission" VALUES(77,4,'delete_level','Can delete level');
INSERT INTO "auth_permission" VALUES(78,3,'delete_technology','Can delete technology');
INSERT INTO "auth_permission" VALUES(79,21,'add_contentversion','Can add content version');
INSERT INTO "auth_permission" VALUES(80,21,'change_contentversion','Can change content version');
INSERT INTO "auth_permission" VALUES(81,21,'delete_contentversion','Can delete content version');
INSERT INTO "auth_permission" VALUES(82,21,'view_contentversion','Can view content version');
INSERT INTO "auth_permission" VALUES(83,6,'add_missedsearch','Can add missed search');
INSERT INTO "auth_permission" VALUES(84,6,'change_missedsearch','Can change missed search');
INSERT INTO "auth_permission" VALUES(85,22,'add_searchdocument','Can add search document');
INSERT INTO "auth_permission" VALUES(86,22,'change_searchdocument','Can change search document');
INSERT INTO "auth_permission" VALUES(87,22,'delete_searchdocument','Can delete search document');
INSERT INTO "auth_permission" VALUES(88,22,'view_searchdocument','Can view search document');
INSERT INTO "auth_permission" VALUES(89,23,'add_word','Can add word');
INSERT INTO "auth_permission" VALUES(90,23,'change_word','Can change word');
INSERT INTO "auth_permission" VALUES(91,23,'delete_word','Can delete word');
INSERT INTO "auth_permission" VALUES(92,23,'view_word','Can view word');
INSERT INTO "auth_permission" VALUES(93,7,'add_vote','Can add vote');
INSERT INTO "auth_permission" VALUES(94,7,'change_vote','Can change vote');
INSERT INTO "auth_permission" VALUES(95,24,'add_revision','Can add revision');
INSERT INTO "auth_permission" VALUES(96,24,'change_revision','Can change revision');
INSERT INTO "auth_permission" VALUES(97,24,'delete_revision','Can delete revision');
INSERT INTO "auth_permission" VALUES(98,24,'view_revision','Can view revision');
INSERT INTO "auth_permission" VALUES(99,25,'add_examplerun','Can add example run');
INSERT INTO "auth_permission" VALUES(100,25,'change_examplerun','Can change example run');
INSERT INTO "auth_permission" VALUES(101,25,'delete_examplerun','Can delete example run');
INSERT INTO "auth_permission" VALUES(102,25,'view_examplerun','Can view example run');
CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "last_name" varchar(150) NOT NULL, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "first_name" varchar(150) NOT NULL);
INSERT INTO "auth_user" VALUES(1,'!BM9sFxwMqe6TrB6WbHkQeXB3kMjbn47e1JNbDyNr','2026-11-28 10:56:22.115253',1,'ann','Lee','ann@example.org',1,1,'2026-11-28 10:56:18.489721','Ann');
INSERT INTO "auth_user" VALUES(2,'',NULL,0,'bob','','',1,1,'2026-11-28 10:56:18.588269','');
CREATE TABLE "auth_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "auth_user_groups" VALUES(1,2,2);
CREATE TABLE "auth_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "axes_accessattempt" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "get_data" text NOT NULL, "post_data" text NOT NULL, "failures_since_start" integer unsigned NOT NULL CHECK ("failures_since_start" >= 0));
CREATE TABLE "axes_accessattemptexpiration" ("access_attempt_id" integer NOT NULL PRIMARY KEY REFERENCES "axes_accessattempt" ("id") DEFERRABLE INITIALLY DEFERRED, "expires_at" datetime NOT NULL);
CREATE TABLE "axes_accessfailurelog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "locked_out" bool NOT NULL);
CREATE TABLE "axes_accesslog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "logout_time" datetime NULL, "session_hash" varchar(64) NOT NULL);
INSERT INTO "axes_accesslog" VALUES(1,'<unknown>',NULL,'ann','<unknown>','<unknown>','2026-11-28 10:56:22.103033',NULL,'6566e767d7f9e64ecaf579238dcdff890f54329beb0ea82b6078786ba0c4faa7');
CREATE TABLE "django_admin_log" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" text NULL, "object_repr" varchar(200) NOT NULL, "action_flag" smallint unsigned NOT NULL CHECK ("action_flag" >= 0), "change_message" text NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "action_time" datetime NOT NULL);
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
INSERT INTO "django_content_type" VALUES(1,'questions','question');
INSERT INTO "django_content_type" VALUES(2,'questions','followup');
INSERT INTO "django_content_type" VALUES(3,'questions','technology');
INSERT INTO "django_content_type" VALUES(4,'questions','level');
INSERT INTO "django_content_type" VALUES(5,'questions','category');
INSERT INTO "django_content_type" VALUES(6,'questions','missedsearch');
INSERT INTO "django_content_type" VALUES(7,'questions','vote');
INSERT INTO "django_content_type" VALUES(8,'admin','logentry');
INSERT INTO "django_content_type" VALUES(9,'auth','permission');
INSERT INTO "django_content_type" VALUES(10,'auth','group');
INSERT INTO "django_content_type" VALUES(11,'auth','user');
INSERT INTO "django_content_type" VALUES(12,'contenttypes','contenttype');
INSERT INTO "django_content_type" VALUES(13,'sessions','session');
INSERT INTO "django_content_type" VALUES(14,'axes','accessattempt');
INSERT INTO "django_content_type" VALUES(15,'axes','accesslog');
INSERT INTO "django_content_type" VALUES(16,'axes','accessfailurelog');
INSERT INTO "django_content_type" VALUES(17,'axes','accessattemptexpiration');
INSERT INTO "django_content_type" VALUES(18,'otp_static','staticdevice');
INSERT INTO "django_content_type" VALUES(19,'otp_static','statictoken');
INSERT INTO "django_content_type" VALUES(20,'otp_totp','totpdevice');
INSERT INTO "django_content_type" VALUES(21,'questions','contentversion');
INSERT INTO "django_content_type" VALUES(22,'questions','searchdocument');
INSERT INTO "django_content_type" VALUES(23,'questions','word');
INSERT INTO "django_content_type" VALUES(24,'questions','revision');
INSERT INTO "django_content_type" VALUES(25,'questions','examplerun');
INSERT INTO "django_content_type" VALUES(26,'questions','workflowstep');
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
INSERT INTO "django_migrations" VALUES(1,'contenttypes','0001_initial','2026-11-28 10:55:34.501026');
INSERT INTO "django_migrations" VALUES(2,'auth','0001_initial','2026-11-28 10:55:34.860241');
INSERT INTO "django_migrations" VALUES(3,'admin','0001_initial','2026-11-28 10:55:35.164404');
INSERT INTO "django_migrations" VALUES(4,'admin','0002_logentry_remove_auto_add','2026-11-28 10:55:35.492433');
INSERT INTO "django_migrations" VALUES(5,'admin','0003_logentry_add_action_flag_choices','2026-11-28 10:55:35.641669');
INSERT INTO "django_migrations" VALUES(6,'contenttypes','0002_remove_content_type_name','2026-11-28 10:55:36.209735');
INSERT INTO "django_migrations" VALUES(7,'auth','0002_alter_permission_name_max_length','2026-11-28 10:55:36.478156');
INSERT INTO "django_migrations" VALUES(8,'auth','0003_alter_user_email_max_length','2026-11-28 10:55:36.635659');
INSERT INTO "django_migrations" VALUES(9,'auth','0004_alter_user_username_opts','2026-11-28 10:55:36.871306');
INSERT INTO "django_migrations" VALUES(10,'auth','0005_alter_user_last_login_null','2026-11-28 10:55:37.156904');
INSERT INTO "django_migrations" VALUES(11,'auth','0006_require_contenttypes_0002','2026-11-28 10:55:37.240470');
INSERT INTO "django_migrations" VALUES(12,'auth','0007_alter_validators_add_error_messages','2026-11-28 10:55:37.403530');
INSERT INTO "django_migrations" VALUES(13,'auth','0008_alter_user_username_max_length','2026-11-28 10:55:37.430349');
INSERT INTO "django_migrations" VALUES(14,'auth','0009_alter_user_last_name_max_length','2026-11-28 10:55:37.465184');
INSERT INTO "django_migrations" VALUES(15,'auth','0010_alter_group_name_max_length','2026-11-28 10:55:37.619509');
INSERT INTO "django_migrations" VALUES(16,'auth','0011_update_proxy_permissions','2026-11-28 10:55:37.954123');
INSERT INTO "django_migrations" VALUES(17,'auth','0012_alter_user_first_name_max_length','2026-11-28 10:55:38.157831');
INSERT INTO "django_migrations" VALUES(18,'axes','0001_initial','2026-11-28 10:55:38.239532');
INSERT INTO "django_migrations" VALUES(19,'axes','0002_auto_20151217_2044','2026-11-28 10:55:39.089245');
INSERT INTO "django_migrations" VALUES(20,'axes','0003_auto_20160322_0929','2026-11-28 10:55:39.479649');
INSERT INTO "django_migrations" VALUES(21,'axes','0004_auto_20181024_1538','2026-11-28 10:55:39.823571');
INSERT INTO "django_migrations" VALUES(22,'axes','0005_remove_accessattempt_trusted','2026-11-28 10:55:40.001121');
INSERT INTO "django_migrations" VALUES(23,'axes','0006_remove_accesslog_trusted','2026-11-28 10:55:40.280909');
INSERT INTO "django_migrations" VALUES(24,'axes','0007_alter_accessattempt_unique_together','2026-11-28 10:55:40.378327');
INSERT INTO "django_migrations" VALUES(25,'axes','0008_accessfailurelog','2026-11-28 10:55:40.640742');
INSERT INTO "django_migrations" VALUES(26,'axes','0009_add_session_hash','2026-11-28 10:55:40.708586');
INSERT INTO "django_migrations" VALUES(27,'axes','0010_accessattemptexpiration','2026-11-28 10:55:40.744575');
INSERT INTO "django_migrations" VALUES(28,'otp_static','0001_initial','2026-11-28 10:55:41.636374');
INSERT INTO "django_migrations" VALUES(29,'otp_static','0002_throttling','2026-11-28 10:55:42.003549');
INSERT INTO "django_migrations" VALUES(30,'otp_static','0003_add_timestamps','2026-11-28 10:55:42.427145');
INSERT INTO "django_migrations" VALUES(31,'otp_totp','0001_initial','2026-11-28 10:55:42.636624');
INSERT INTO "django_migrations" VALUES(32,'otp_totp','0002_auto_20190420_0723','2026-11-28 10:55:42.859610');
INSERT INTO "django_migrations" VALUES(33,'otp_totp','0003_add_timestamps','2026-11-28 10:55:43.182900');
INSERT INTO "django_migrations" VALUES(34,'questions','0001_initial','2026-11-28 10:55:44.289757');
INSERT INTO "django_migrations" VALUES(35,'questions','0002_search_and_paging','2026-11-28 10:55:45.349060');
INSERT INTO "django_migrations" VALUES(36,'questions','0003_search_index_and_content_version','2026-11-28 10:55:45.722442');
INSERT INTO "django_migrations" VALUES(37,'questions','0004_review_by','2026-11-28 10:55:46.075691');
INSERT INTO "django_migrations" VALUES(38,'questions','0005_vote','2026-11-28 10:55:46.740861');
INSERT INTO "django_migrations" VALUES(39,'questions','0006_revisions','2026-11-28 10:55:47.237767');
INSERT INTO "django_migrations" VALUES(40,'questions','0007_first_revisions','2026-11-28 10:55:47.661417');
INSERT INTO "django_migrations" VALUES(41,'questions','0008_needs_work','2026-11-28 10:55:48.486161');
INSERT INTO "django_migrations" VALUES(42,'questions','0009_quicker_searches','2026-11-28 10:55:49.349930');
INSERT INTO "django_migrations" VALUES(43,'questions','0010_workflow','2026-11-28 10:55:50.983629');
INSERT INTO "django_migrations" VALUES(44,'questions','0011_groups','2026-11-28 10:55:53.646615');
INSERT INTO "django_migrations" VALUES(45,'sessions','0001_initial','2026-11-28 10:55:53.853231');
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
CREATE TABLE "otp_static_staticdevice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(64) NOT NULL, "confirmed" bool NOT NULL, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "throttling_failure_count" integer unsigned NOT NULL CHECK ("throttling_failure_count" >= 0), "throttling_failure_timestamp" datetime NULL, "created_at" datetime NULL, "last_used_at" datetime NULL);
CREATE TABLE "otp_static_statictoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "token" varchar(16) NOT NULL, "device_id" integer NOT NULL REFERENCES "otp_static_staticdevice" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "otp_totp_totpdevice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(64) NOT NULL, "confirmed" bool NOT NULL, "key" varchar(80) NOT NULL, "step" smallint unsigned NOT NULL CHECK ("step" >= 0), "t0" bigint NOT NULL, "digits" smallint unsigned NOT NULL CHECK ("digits" >= 0), "tolerance" smallint unsigned NOT NULL CHECK ("tolerance" >= 0), "drift" smallint NOT NULL, "last_t" bigint NOT NULL, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "throttling_failure_count" integer unsigned NOT NULL CHECK ("throttling_failure_count" >= 0), "throttling_failure_timestamp" datetime NULL, "created_at" datetime NULL, "last_used_at" datetime NULL);
CREATE TABLE "questions_category" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL UNIQUE, "slug" varchar(60) NOT NULL UNIQUE, "position" smallint unsigned NOT NULL CHECK ("position" >= 0));
INSERT INTO "questions_category" VALUES(1,'Core Python','core-python',1);
CREATE TABLE "questions_contentversion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" bigint unsigned NOT NULL CHECK ("number" >= 0));
INSERT INTO "questions_contentversion" VALUES(1,4544544946284096578);
CREATE TABLE "questions_examplerun" ("question_id" bigint NOT NULL PRIMARY KEY REFERENCES "questions_question" ("id") DEFERRABLE INITIALLY DEFERRED, "section" varchar(20) NOT NULL, "fault" varchar(300) NOT NULL, "ran_at" datetime NOT NULL);
INSERT INTO "questions_examplerun" VALUES(1,'example','','2026-11-28 10:56:21.865224');
CREATE TABLE "questions_followup" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "text" varchar(300) NOT NULL, "answered_by_id" bigint NULL REFERENCES "questions_question" ("id") DEFERRABLE INITIALLY DEFERRED, "question_id" bigint NOT NULL REFERENCES "questions_question" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "follow_up_position_once_a_question" UNIQUE ("question_id", "position"));
INSERT INTO "questions_followup" VALUES(1,1,'And how does a zebra differ?',2,1);
INSERT INTO "questions_followup" VALUES(2,2,'Which of them is found first?',NULL,1);
INSERT INTO "questions_followup" VALUES(3,1,'And a lion?',1,2);
CREATE TABLE "questions_level" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL UNIQUE, "slug" varchar(60) NOT NULL UNIQUE, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "code_part" varchar(3) NOT NULL UNIQUE);
INSERT INTO "questions_level" VALUES(1,'Beginner','beginner',1,'BEG');
INSERT INTO "questions_level" VALUES(2,'Intermediate','intermediate',2,'INT');
INSERT INTO "questions_level" VALUES(3,'Advanced','advanced',3,'ADV');
CREATE TABLE "questions_missedsearch" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" varchar(100) NOT NULL UNIQUE, "count" integer unsigned NOT NULL CHECK ("count" >= 0), "last_seen" datetime NOT NULL);
INSERT INTO "questions_missedsearch" VALUES(1,'okapi',1,'2026-11-28 10:56:21.940388');
CREATE TABLE "questions_question" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(12) NOT NULL UNIQUE, "title" varchar(110) NOT NULL, "difficulty" smallint unsigned NOT NULL CHECK ("difficulty" >= 0), "status" varchar(10) NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "published_at" datetime NULL, "category_id" bigint NOT NULL REFERENCES "questions_category" ("id") DEFERRABLE INITIALLY DEFERRED, "level_id" bigint NOT NULL REFERENCES "questions_level" ("id") DEFERRABLE INITIALLY DEFERRED, "technology_id" bigint NOT NULL REFERENCES "questions_technology" ("id") DEFERRABLE INITIALLY DEFERRED, "answer" text NOT NULL, "explanation" text NOT NULL, "example" text NOT NULL, "mistakes" text NOT NULL, "scenario" text NOT NULL, "references" text NOT NULL, "verified_for" varchar(40) NOT NULL, "answer_html" text NOT NULL, "explanation_html" text NOT NULL, "example_html" text NOT NULL, "mistakes_html" text NOT NULL, "scenario_html" text NOT NULL, "references_html" text NOT NULL, "review_by" date NULL, CONSTRAINT "question_difficulty_from_1_to_10" CHECK ("difficulty" BETWEEN 1 AND 10), CONSTRAINT "question_published_has_date" CHECK ((NOT ("status" = 'published') OR "published_at" IS NOT NULL)));
INSERT INTO "questions_question" VALUES(1,'PY-ADV-901','What is a metaclass for?',8,'published','2026-11-28 10:56:18.724134','2026-11-28 10:56:21.503773','2026-11-28 10:56:19.816088',1,3,1,'The class of a *class*.','A zebra is `striped`.','```python
print(1)
```','None.','A herd.','- [Docs](https://docs.python.org/3/)','Python 3.13','<p>The class of a <em>class</em>.</p>','<p>A zebra is <code>striped</code>.</p>','<div class="highlight"><pre tabindex="0"><code>print(<span class="mi">1</span>)
</code></pre></div>','<p>None.</p>','<p>A herd.</p>','<ul>
<li><a href="https://docs.python.org/3/" rel="noopener noreferrer">Docs</a></li>
</ul>',NULL);
INSERT INTO "questions_question" VALUES(2,'PY-ADV-902','What is a descriptor?',8,'published','2026-11-28 10:56:20.576487','2026-11-28 10:56:21.465027','2026-11-28 10:56:21.465118',1,3,1,'An object with `__get__`.','A zebra is `striped`.','```python
print(1)
```','None.','A herd.','- [Docs](https://docs.python.org/3/)','Python 3.13','<p>An object with <code>__get__</code>.</p>','<p>A zebra is <code>striped</code>.</p>','<div class="highlight"><pre tabindex="0"><code>print(<span class="mi">1</span>)
</code></pre></div>','<p>None.</p>','<p>A herd.</p>','<ul>
<li><a href="https://docs.python.org/3/" rel="noopener noreferrer">Docs</a></li>
</ul>',NULL);
INSERT INTO "questions_question" VALUES(3,'PY-ADV-903','What is a secret?',8,'draft','2026-11-28 10:56:20.950712','2026-11-28 10:56:20.970623',NULL,1,3,1,'Nobody knows.','','```python
print(1)
```','None.','A herd.','- [Docs](https://docs.python.org/3/)','Python 3.13','<p>Nobody knows.</p>','','<div class="highlight"><pre tabindex="0"><code>print(<span class="mi">1</span>)
</code></pre></div>','<p>None.</p>','<p>A herd.</p>','<ul>
<li><a href="https://docs.python.org/3/" rel="noopener noreferrer">Docs</a></li>
</ul>','2026-12-01');
INSERT INTO "questions_question" VALUES(4,'PY-ADV-904','What is a giraffe?',8,'archived','2026-11-28 10:56:21.013543','2026-11-28 10:56:21.070508',NULL,1,3,1,'Tall.','A zebra is `striped`.','```python
print(1)
```','None.','A herd.','- [Docs](https://docs.python.org/3/)','Python 3.13','<p>Tall.</p>','<p>A zebra is <code>striped</code>.</p>','<div class="highlight"><pre tabindex="0"><code>print(<span class="mi">1</span>)
</code></pre></div>','<p>None.</p>','<p>A herd.</p>','<ul>
<li><a href="https://docs.python.org/3/" rel="noopener noreferrer">Docs</a></li>
</ul>',NULL);
INSERT INTO "questions_question" VALUES(5,'PY-ADV-905','What is a lion?',8,'in_review','2026-11-28 10:56:21.329184','2026-11-28 10:56:21.490426',NULL,1,3,1,'Loud.','A zebra is `striped`.','```python
print(1)
```','None.','A herd.','- [Docs](https://docs.python.org/3/)','Python 3.13','<p>Loud.</p>','<p>A zebra is <code>striped</code>.</p>','<div class="highlight"><pre tabindex="0"><code>print(<span class="mi">1</span>)
</code></pre></div>','<p>None.</p>','<p>A herd.</p>','<ul>
<li><a href="https://docs.python.org/3/" rel="noopener noreferrer">Docs</a></li>
</ul>',NULL);
CREATE TABLE "questions_revision" ("id" bigint NOT NULL, "follow_ups" text NOT NULL CHECK ((JSON_VALID("follow_ups") OR "follow_ups" IS NULL)), "lost_links" text NOT NULL CHECK ((JSON_VALID("lost_links") OR "lost_links" IS NULL)), "code" varchar(12) NOT NULL, "title" varchar(110) NOT NULL, "difficulty" smallint unsigned NOT NULL CHECK ("difficulty" >= 0), "answer" text NOT NULL, "explanation" text NOT NULL, "example" text NOT NULL, "mistakes" text NOT NULL, "scenario" text NOT NULL, "references" text NOT NULL, "verified_for" varchar(40) NOT NULL, "review_by" date NULL, "status" varchar(10) NOT NULL, "created_at" datetime NOT NULL, "published_at" datetime NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "category_id" bigint NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "level_id" bigint NULL, "technology_id" bigint NULL);
INSERT INTO "questions_revision" VALUES(1,'[]','[]','PY-ADV-901','What is a metaclass?',8,'The class of a *class*.','A zebra is `striped`.','```python
print(1)
```','None.','A herd.','- [Docs](https://docs.python.org/3/)','Python 3.13',NULL,'published','2026-11-28 10:56:18.724134','2026-11-28 10:56:19.816088',1,'2026-11-28 10:56:20.080893',NULL,'+',1,NULL,3,1);
INSERT INTO "questions_revision" VALUES(2,'[]','[]','PY-ADV-902','What is a descriptor?',8,'An object with `__get__`.','A zebra is `striped`.','```python
print(1)
```','None.','A herd.','- [Docs](https://docs.python.org/3/)','Python 3.13',NULL,'draft','2026-11-28 10:56:20.576487',NULL,2,'2026-11-28 10:56:20.884067',NULL,'+',1,NULL,3,1);
INSERT INTO "questions_revision" VALUES(3,'[]','[]','PY-ADV-903','What is a secret?',8,'Nobody knows.','','```python
print(1)
```','None.','A herd.','- [Docs](https://docs.python.org/3/)','Python 3.13','2026-12-01','draft','2026-11-28 10:56:20.950712',NULL,3,'2026-11-28 10:56:20.980400',NULL,'+',1,NULL,3,1);
INSERT INTO "questions_revision" VALUES(4,'[]','[]','PY-ADV-904','What is a giraffe?',8,'Tall.','A zebra is `striped`.','```python
print(1)
```','None.','A herd.','- [Docs](https://docs.python.org/3/)','Python 3.13',NULL,'archived','2026-11-28 10:56:21.013543',NULL,4,'2026-11-28 10:56:21.228070',NULL,'+',1,NULL,3,1);
INSERT INTO "questions_revision" VALUES(5,'[]','[]','PY-ADV-905','What is a lion?',8,'Loud.','A zebra is `striped`.','```python
print(1)
```','None.','A herd.','- [Docs](https://docs.python.org/3/)','Python 3.13',NULL,'draft','2026-11-28 10:56:21.329184',NULL,5,'2026-11-28 10:56:21.388187',NULL,'+',1,NULL,3,1);
INSERT INTO "questions_revision" VALUES(1,'[{"position": 1, "text": "And how does a zebra differ?", "answered_by": "PY-ADV-902"}, {"position": 2, "text": "Which of them is found first?", "answered_by": null}]','[]','PY-ADV-901','What is a metaclass?',8,'The class of a *class*.','A zebra is `striped`.','```python
print(1)
```','None.','A herd.','- [Docs](https://docs.python.org/3/)','Python 3.13',NULL,'published','2026-11-28 10:56:18.724134','2026-11-28 10:56:19.816088',6,'2026-11-28 10:56:21.454120','Asked further','~',1,NULL,3,1);
INSERT INTO "questions_revision" VALUES(2,'[{"position": 1, "text": "And a lion?", "answered_by": "PY-ADV-901"}]','[]','PY-ADV-902','What is a descriptor?',8,'An object with `__get__`.','A zebra is `striped`.','```python
print(1)
```','None.','A herd.','- [Docs](https://docs.python.org/3/)','Python 3.13',NULL,'draft','2026-11-28 10:56:20.576487',NULL,7,'2026-11-28 10:56:21.454240','Asked further','~',1,NULL,3,1);
INSERT INTO "questions_revision" VALUES(2,'[{"position": 1, "text": "And a lion?", "answered_by": "PY-ADV-901"}]','[]','PY-ADV-902','What is a descriptor?',8,'An object with `__get__`.','A zebra is `striped`.','```python
print(1)
```','None.','A herd.','- [Docs](https://docs.python.org/3/)','Python 3.13',NULL,'published','2026-11-28 10:56:20.576487','2026-11-28 10:56:21.465118',8,'2026-11-28 10:56:21.468974',NULL,'~',1,NULL,3,1);
INSERT INTO "questions_revision" VALUES(5,'[]','[]','PY-ADV-905','What is a lion?',8,'Loud.','A zebra is `striped`.','```python
print(1)
```','None.','A herd.','- [Docs](https://docs.python.org/3/)','Python 3.13',NULL,'in_review','2026-11-28 10:56:21.329184',NULL,9,'2026-11-28 10:56:21.492780',NULL,'~',1,NULL,3,1);
INSERT INTO "questions_revision" VALUES(1,'[{"position": 1, "text": "And how does a zebra differ?", "answered_by": "PY-ADV-902"}, {"position": 2, "text": "Which of them is found first?", "answered_by": null}]','[]','PY-ADV-901','What is a metaclass for?',8,'The class of a *class*.','A zebra is `striped`.','```python
print(1)
```','None.','A herd.','- [Docs](https://docs.python.org/3/)','Python 3.13',NULL,'published','2026-11-28 10:56:18.724134','2026-11-28 10:56:19.816088',10,'2026-11-28 10:56:21.510156',NULL,'~',1,NULL,3,1);
INSERT INTO "questions_revision" VALUES(6,'[]','[]','PY-ADV-906','What is gone?',8,'The class of a *class*.','A zebra is `striped`.','```python
print(1)
```','None.','A herd.','- [Docs](https://docs.python.org/3/)','Python 3.13',NULL,'draft','2026-11-28 10:56:21.528675',NULL,11,'2026-11-28 10:56:21.540759',NULL,'+',1,NULL,3,1);
INSERT INTO "questions_revision" VALUES(6,'[]','[]','PY-ADV-906','What is gone?',8,'The class of a *class*.','A zebra is `striped`.','```python
print(1)
```','None.','A herd.','- [Docs](https://docs.python.org/3/)','Python 3.13',NULL,'draft','2026-11-28 10:56:21.528675',NULL,12,'2026-11-28 10:56:21.632283',NULL,'-',1,NULL,3,1);
CREATE TABLE "questions_searchdocument" ("question_id" bigint NOT NULL PRIMARY KEY REFERENCES "questions_question" ("id") DEFERRABLE INITIALLY DEFERRED, "facets" varchar(60) NOT NULL, "title" text NOT NULL, "answer" text NOT NULL, "body" text NOT NULL);
INSERT INTO "questions_searchdocument" VALUES(1,'xt1 xc1 xl3 xd8','py adv n901 what is a metaclass for pyadv901','the class of a class','a zebra is stripe print n1 none a herd doc and how doe a zebra differ which of them is found first python core python advanc');
INSERT INTO "questions_searchdocument" VALUES(2,'xt1 xc1 xl3 xd8','py adv n902 what is a descriptor pyadv902','an object with get','a zebra is stripe print n1 none a herd doc and a lion python core python advanc');
CREATE TABLE "questions_technology" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL UNIQUE, "slug" varchar(60) NOT NULL UNIQUE, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "code_prefix" varchar(4) NOT NULL UNIQUE);
INSERT INTO "questions_technology" VALUES(1,'Python','python',1,'PY');
INSERT INTO "questions_technology" VALUES(2,'AI Integration','ai-integration',2,'AI');
INSERT INTO "questions_technology" VALUES(3,'Machine Learning','machine-learning',3,'ML');
CREATE TABLE "questions_vote" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "voter" varchar(64) NOT NULL, "helpful" bool NOT NULL, "reason" varchar(500) NOT NULL, "cast_at" datetime NOT NULL, "question_id" bigint NOT NULL REFERENCES "questions_question" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "vote_once_a_browser" UNIQUE ("question_id", "voter"));
INSERT INTO "questions_vote" VALUES(1,'aaaaaaaaaaaaaaaaaaaa',1,'','2026-11-28 10:56:21.722467',1);
INSERT INTO "questions_vote" VALUES(2,'bbbbbbbbbbbbbbbbbbbb',0,'Too short.','2026-11-28 10:56:21.814031',1);
CREATE TABLE "questions_word" ("word" varchar(40) NOT NULL PRIMARY KEY, "documents" integer unsigned NOT NULL CHECK ("documents" >= 0));
INSERT INTO "questions_word" VALUES('adv',2);
INSERT INTO "questions_word" VALUES('advanced',2);
INSERT INTO "questions_word" VALUES('class',1);
INSERT INTO "questions_word" VALUES('core',2);
INSERT INTO "questions_word" VALUES('docs',2);
INSERT INTO "questions_word" VALUES('herd',2);
INSERT INTO "questions_word" VALUES('metaclass',1);
INSERT INTO "questions_word" VALUES('none',2);
INSERT INTO "questions_word" VALUES('print',2);
INSERT INTO "questions_word" VALUES('python',2);
INSERT INTO "questions_word" VALUES('striped',2);
INSERT INTO "questions_word" VALUES('the',1);
INSERT INTO "questions_word" VALUES('what',2);
INSERT INTO "questions_word" VALUES('zebra',2);
INSERT INTO "questions_word" VALUES('and',1);
INSERT INTO "questions_word" VALUES('differ',0);
INSERT INTO "questions_word" VALUES('does',0);
INSERT INTO "questions_word" VALUES('how',0);
INSERT INTO "questions_word" VALUES('first',0);
INSERT INTO "questions_word" VALUES('found',0);
INSERT INTO "questions_word" VALUES('them',0);
INSERT INTO "questions_word" VALUES('which',0);
INSERT INTO "questions_word" VALUES('descriptor',1);
INSERT INTO "questions_word" VALUES('get',1);
INSERT INTO "questions_word" VALUES('lion',1);
INSERT INTO "questions_word" VALUES('object',1);
INSERT INTO "questions_word" VALUES('with',1);
INSERT INTO "questions_word" VALUES('for',0);
CREATE TABLE "questions_workflowstep" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(10) NOT NULL, "username" varchar(150) NOT NULL, "taken_at" datetime NOT NULL, "comment" text NOT NULL, "question_id" bigint NOT NULL REFERENCES "questions_question" ("id") DEFERRABLE INITIALLY DEFERRED, "taken_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "questions_workflowstep" VALUES(1,'submit','ann','2026-11-28 10:56:21.460863','',2,1);
INSERT INTO "questions_workflowstep" VALUES(2,'publish','bob','2026-11-28 10:56:21.462601','Good.',2,2);
INSERT INTO "questions_workflowstep" VALUES(3,'submit','ann','2026-11-28 10:56:21.488743','',5,1);
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE UNIQUE INDEX "auth_user_groups_user_id_group_id_94350c0c_uniq" ON "auth_user_groups" ("user_id", "group_id");
CREATE INDEX "auth_user_groups_user_id_6a12ed8b" ON "auth_user_groups" ("user_id");
CREATE INDEX "auth_user_groups_group_id_97559544" ON "auth_user_groups" ("group_id");
CREATE UNIQUE INDEX "auth_user_user_permissions_user_id_permission_id_14a6b632_uniq" ON "auth_user_user_permissions" ("user_id", "permission_id");
CREATE INDEX "auth_user_user_permissions_user_id_a95ead1b" ON "auth_user_user_permissions" ("user_id");
CREATE INDEX "auth_user_user_permissions_permission_id_1fbb5f2c" ON "auth_user_user_permissions" ("permission_id");
CREATE INDEX "django_admin_log_content_type_id_c4bce8eb" ON "django_admin_log" ("content_type_id");
CREATE INDEX "django_admin_log_user_id_c564eba6" ON "django_admin_log" ("user_id");
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE INDEX "axes_accessattempt_user_agent_ad89678b" ON "axes_accessattempt" ("user_agent");
CREATE INDEX "axes_accessattempt_ip_address_10922d9c" ON "axes_accessattempt" ("ip_address");
CREATE INDEX "axes_accessattempt_username_3f2d4ca0" ON "axes_accessattempt" ("username");
CREATE UNIQUE INDEX "axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq" ON "axes_accessattempt" ("username", "ip_address", "user_agent");
CREATE INDEX "axes_accessfailurelog_user_agent_ea145dda" ON "axes_accessfailurelog" ("user_agent");
CREATE INDEX "axes_accessfailurelog_ip_address_2e9f5a7f" ON "axes_accessfailurelog" ("ip_address");
CREATE INDEX "axes_accessfailurelog_username_a8b7e8a4" ON "axes_accessfailurelog" ("username");
CREATE INDEX "axes_accesslog_user_agent_0e659004" ON "axes_accesslog" ("user_agent");
CREATE INDEX "axes_accesslog_ip_address_86b417e5" ON "axes_accesslog" ("ip_address");
CREATE INDEX "axes_accesslog_username_df93064b" ON "axes_accesslog" ("username");
CREATE INDEX "otp_static_statictoken_token_d0a51866" ON "otp_static_statictoken" ("token");
CREATE INDEX "otp_static_statictoken_device_id_74b7c7d1" ON "otp_static_statictoken" ("device_id");
CREATE INDEX "otp_static_staticdevice_user_id_7f9cff2b" ON "otp_static_staticdevice" ("user_id");
CREATE INDEX "otp_totp_totpdevice_user_id_0fb18292" ON "otp_totp_totpdevice" ("user_id");
CREATE INDEX "questions_followup_answered_by_id_8c501b6b" ON "questions_followup" ("answered_by_id");
CREATE INDEX "questions_followup_question_id_43c71132" ON "questions_followup" ("question_id");
CREATE INDEX "questions_question_category_id_e817b346" ON "questions_question" ("category_id");
CREATE INDEX "questions_question_level_id_148ef628" ON "questions_question" ("level_id");
CREATE INDEX "questions_question_technology_id_cd8d9419" ON "questions_question" ("technology_id");
CREATE INDEX "question_cells" ON "questions_question" ("status", "technology_id", "category_id", "level_id", "difficulty", "code");
CREATE INDEX "question_buckets" ON "questions_question" ("status", "level_id", "difficulty", "code", "technology_id", "category_id");
CREATE INDEX "question_technology" ON "questions_question" ("status", "technology_id", "level_id", "difficulty", "code", "category_id");
CREATE INDEX "question_codes" ON "questions_question" ("status", "code", "technology_id", "category_id", "level_id", "difficulty");
CREATE INDEX "question_newest" ON "questions_question" ("status", "published_at" DESC, "code", "technology_id", "category_id", "level_id", "difficulty");
CREATE INDEX "missed_search_oldest" ON "questions_missedsearch" ("last_seen");
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
CREATE INDEX "question_review_by" ON "questions_question" ("status", "review_by", "code") WHERE "review_by" IS NOT NULL;
CREATE INDEX "vote_newest" ON "questions_vote" ("cast_at" DESC);
CREATE INDEX "vote_against" ON "questions_vote" ("question_id", "cast_at") WHERE NOT "helpful";
CREATE INDEX "questions_revision_history_user_id_5a835413" ON "questions_revision" ("history_user_id");
CREATE INDEX "revision_of_question" ON "questions_revision" ("id", "history_id" DESC);
CREATE INDEX "revision_deletions" ON "questions_revision" ("history_id" DESC) WHERE "history_type" = '-';
CREATE INDEX "follow_up_unanswered" ON "questions_followup" ("question_id") WHERE "answered_by_id" IS NULL;
CREATE INDEX "question_short" ON "questions_question" ("status", "updated_at", "code") WHERE (LENGTH("answer") < 120 OR LENGTH("explanation") < 400 OR LENGTH("example") < 150 OR LENGTH("mistakes") < 150 OR LENGTH("scenario") < 150);
CREATE INDEX "example_run_failed" ON "questions_examplerun" ("ran_at" DESC) WHERE NOT ("fault" = '');
CREATE INDEX "search_document_facets" ON "questions_searchdocument" ("question_id", "facets");
CREATE INDEX "questions_workflowstep_question_id_6bd33ca9" ON "questions_workflowstep" ("question_id");
CREATE INDEX "questions_workflowstep_taken_by_id_ec7d4ce9" ON "questions_workflowstep" ("taken_by_id");
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('django_migrations',45);
INSERT INTO "sqlite_sequence" VALUES('django_admin_log',0);
INSERT INTO "sqlite_sequence" VALUES('django_content_type',26);
INSERT INTO "sqlite_sequence" VALUES('auth_permission',102);
INSERT INTO "sqlite_sequence" VALUES('auth_group',2);
INSERT INTO "sqlite_sequence" VALUES('auth_user',2);
INSERT INTO "sqlite_sequence" VALUES('axes_accessattempt',0);
INSERT INTO "sqlite_sequence" VALUES('axes_accesslog',1);
INSERT INTO "sqlite_sequence" VALUES('otp_static_staticdevice',0);
INSERT INTO "sqlite_sequence" VALUES('otp_totp_totpdevice',0);
INSERT INTO "sqlite_sequence" VALUES('questions_question',6);
INSERT INTO "sqlite_sequence" VALUES('auth_group_permissions',41);
INSERT INTO "sqlite_sequence" VALUES('questions_contentversion',1);
INSERT INTO "sqlite_sequence" VALUES('questions_technology',3);
INSERT INTO "sqlite_sequence" VALUES('questions_level',3);
INSERT INTO "sqlite_sequence" VALUES('questions_category',8);
INSERT INTO "sqlite_sequence" VALUES('auth_user_groups',1);
INSERT INTO "sqlite_sequence" VALUES('questions_revision',12);
INSERT INTO "sqlite_sequence" VALUES('questions_followup',3);
INSERT INTO "sqlite_sequence" VALUES('questions_workflowstep',3);
INSERT INTO "sqlite_sequence" VALUES('questions_vote',2);
INSERT INTO "sqlite_sequence" VALUES('questions_missedsearch',1);
COMMIT;
