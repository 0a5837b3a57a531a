using TypedTasks.Analyzers.Idempotency.Effects;

namespace TypedTasks.Analyzers.Tests.Idempotency;

/// <summary>What a second run of a statement does, as far as its text says.</summary>
public sealed class SqlTextTests
{
    [Theory]
    [InlineData("insert into t (a) values (1)", "Insert")]
    [InlineData("INSERT INTO [dbo].[Orders] (OrderRef) OUTPUT inserted.Id VALUES (@r)", "Insert")]
    [InlineData("INSERT INTO t (a) SELECT a FROM s", "Insert")]
    [InlineData("INSERT INTO t (a) SELECT a FROM s WHERE NOT EXISTS (SELECT 1 FROM t)", "Repeatable")]
    [InlineData("IF NOT EXISTS (SELECT 1 FROM t) INSERT INTO t (a) VALUES (1)", "Repeatable")]
    [InlineData("INSERT INTO t (a) VALUES (1) ON CONFLICT DO NOTHING", "Repeatable")]
    [InlineData("INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = a + 1", "Repeatable")]
    [InlineData("INSERT OR REPLACE INTO t (a) VALUES (1)", "Repeatable")]
    [InlineData("WITH s AS (SELECT 1) INSERT INTO t SELECT * FROM s", "Insert")]
    [InlineData("WITH s AS (SELECT 1) SELECT * FROM s", "Read")]
    [InlineData("UPDATE t SET a = a + 1", "Modify")]
    [InlineData("UPDATE t SET a += 1 WHERE id = 3", "Repeatable")]
    [InlineData("UPDATE t SET a = COALESCE(a, 0) + @n WHERE id = @id", "Modify")]
    [InlineData("UPDATE t SET a = a - @n WHERE id = @id AND a >= @n", "Modify")]
    [InlineData("UPDATE t SET a = a - @n WHERE id = @id AND tenant_id = @tenant", "Modify")]
    [InlineData("UPDATE t SET a = a - @n WHERE id = @id AND status = 'open'", "Repeatable")]
    [InlineData("UPDATE t SET a = a - @n, done = 1 WHERE id = @id AND done IS NULL", "Repeatable")]
    [InlineData("UPDATE t SET a = @n WHERE id = @id", "Repeatable")]
    [InlineData("UPDATE t SET a = b + 1 WHERE id = @id", "Repeatable")]
    [InlineData("UPDATE t SET version = version + 1, a = @a WHERE id = @id", "Repeatable")]
    [InlineData("DELETE FROM t WHERE id = @id", "Repeatable")]
    [InlineData("DELETE FROM t WHERE id = @id; INSERT INTO t (a) VALUES (@a)", "Insert")]
    [InlineData("SELECT * FROM t -- INSERT INTO t", "Read")]
    [InlineData("SELECT 'INSERT INTO t VALUES (1)' /* UPDATE t SET a = a + 1 */", "Read")]
    [InlineData("INSERT INTO #t (a) VALUES (1)", "Unknown")]
    [InlineData("EXEC pay @id", "Unknown")]
    [InlineData("pay", "Unknown")]
    [InlineData("{}", "Unknown")]
    [InlineData("", "Unknown")]
    [InlineData("'", "Unknown")]
    [InlineData("/*", "Unknown")]
    [InlineData("INSERT", "Unknown")]
    [InlineData("UPDATE t SET =", "Repeatable")]
    public void A_statement_is_judged_by_its_text(string text, string expected) => Assert.Equal(expected, SqlText.Judge(text).Effect.ToString());

    [Theory]
    [InlineData("INSERT INTO payments (id, amount) VALUES (@id, @amount)", "ID")]
    [InlineData("INSERT INTO payments (amount, payment_id) VALUES (f(@a, 1), :pid)", "PID")]
    [InlineData("INSERT INTO categories (category_id) VALUES ($1)", "1")]
    [InlineData("INSERT INTO payments (order_id) VALUES (@id)", null)]
    [InlineData("INSERT INTO payments VALUES (@id)", null)]
    public void The_key_of_a_row_is_found_by_its_columns_name(string text, string? expected) => Assert.Equal(expected, SqlText.Judge(text).Key);
}
