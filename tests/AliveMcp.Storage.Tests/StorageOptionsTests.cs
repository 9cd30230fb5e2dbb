using Microsoft.Extensions.Configuration;

namespace AliveMcp.Storage.Tests;

public sealed class StorageOptionsTests
{
    private const string Postgres = "Host=127.0.0.1;Username=postgres;Password=secret;Database=alivemcp";

    [Fact]
    public void The_two_roles_get_passwords_that_every_replica_computes_alike_and_that_differ()
    {
        var one = Read(("Postgres", Postgres), ("Redis", "127.0.0.1:6379"));
        var other = Read(("Postgres", Postgres), ("Redis", "127.0.0.1:6379"));

        Assert.Equal("alivemcp_app", one.App.Username);
        Assert.Equal("alivemcp_worker", one.Worker.Username);
        Assert.Equal(one.App.Password, other.App.Password);
        Assert.Equal(one.Worker.Password, other.Worker.Password);
        Assert.Equal(3, new[] { one.App.Password, one.Worker.Password, "secret" }.Distinct().Count());
        Assert.Equal("alivemcp", one.App.Database);
    }

    [Fact]
    public void Logins_that_an_operator_made_are_taken_as_they_are()
    {
        var options = Read(
            ("Postgres", "Host=db;Username=admin;Database=alivemcp"),
            ("PostgresApp", "Host=db;Username=app;Password=a"),
            ("PostgresWorker", "Host=db;Username=worker;Password=w"),
            ("Redis", "redis:6379")
        );

        Assert.Equal(("app", "a"), (options.App.Username, options.App.Password));
        Assert.Equal(("worker", "w"), (options.Worker.Username, options.Worker.Password));
    }

    [Fact]
    public void Everything_that_is_missing_is_told_at_once_with_its_key_and_an_example()
    {
        var problems = Problems();

        Assert.Equal(
            ["ConnectionStrings:Redis", "ConnectionStrings:Postgres"],
            problems.Select(problem => problem.Field)
        );
        Assert.All(problems, problem => Assert.Contains("for example", problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_connection_string_that_cannot_be_read_is_told_with_its_key_and_never_repeated()
    {
        var problem = Problems(("Postgres", "Host=db;Password=hunter2;Colour=red"), ("Redis", "r:1")).Single();

        Assert.Equal("ConnectionStrings:Postgres", problem.Field);
        Assert.DoesNotContain("hunter2", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_password_there_is_nothing_to_derive_the_roles_passwords_from() =>
        Assert.Equal(
            "ConnectionStrings:PostgresApp",
            Problems(("Postgres", "Host=db;Username=admin"), ("Redis", "r:1")).Single().Field
        );

    private static StorageOptions Read(params (string Name, string Value)[] settings) =>
        StorageOptions.Read(Configuration(settings)).TryGet(out var options)
            ? options
            : throw new InvalidOperationException("These settings are good.");

    private static IReadOnlyList<Vocabulary.Problem> Problems(params (string Name, string Value)[] settings) =>
        StorageOptions.Read(Configuration(settings)).Problems;

    private static IConfiguration Configuration((string Name, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.ToDictionary(pair => $"ConnectionStrings:{pair.Name}", pair => (string?)pair.Value)
            )
            .Build();
}
