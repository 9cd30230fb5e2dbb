using System.Net.Mail;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AliveMcp.Tenancy.Letters;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Testing.Sinks;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.Tests.Letters;

public sealed class SmtpRouteTests
{
    [Fact]
    public async Task A_letter_reaches_a_relay_as_plain_text_that_nobody_s_absence_answers()
    {
        await using var server = new SmtpServer(certificate: null);

        await SendAsync(server, "none", user: null);

        Assert.Contains("MAIL FROM:<alivemcp@example.com>", server.Heard);
        Assert.Contains("RCPT TO:<alice@example.com>", server.Heard);
        Assert.Contains("data:Auto-Submitted: auto-generated", server.Heard);
        Assert.Contains(
            server.Heard,
            line => line.StartsWith("data:Content-Type: text/plain", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_server_without_TLS_gets_neither_letter_nor_password()
    {
        await using var server = new SmtpServer(certificate: null);

        await Assert.ThrowsAsync<SmtpException>(() => SendAsync(server, "starttls", "alice"));

        Assert.DoesNotContain(server.Heard, line => line.StartsWith("AUTH", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Heard, line => line.StartsWith("data:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_gets_neither_letter_nor_password()
    {
        using var certificate = SelfSigned();
        await using var server = new SmtpServer(certificate);

        await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(server, "starttls", "alice"));

        Assert.Contains("STARTTLS", server.Heard);
        Assert.DoesNotContain(server.Heard, line => line.Contains("AUTH", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Heard, line => line.StartsWith("data:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_whose_certificate_is_vouched_for_gets_letter_and_password_under_TLS_alone()
    {
        using var certificate = SelfSigned();
        using var trust = new OneTrusted(certificate);
        await using var server = new SmtpServer(certificate);

        await SendAsync(server, "starttls", "alice");

        Assert.Contains("STARTTLS", server.Heard);
        Assert.Contains(server.Heard, line => line.StartsWith("tls:AUTH", StringComparison.Ordinal));
        Assert.Contains("tls:RCPT TO:<alice@example.com>", server.Heard);
        Assert.Contains("data:Auto-Submitted: auto-generated", server.Heard);
        Assert.DoesNotContain(server.Heard, line => line.StartsWith("AUTH", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Heard, line => line.StartsWith("RCPT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port;

        await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(port, "none", null, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Wrong_settings_are_told_all_at_once()
    {
        var rules = new MailRules();
        var wrong = new MailOptions
        {
            Host = "bad host",
            Port = 465,
            Security = "ssl",
            From = "nobody",
            User = "alice",
            Timeout = TimeSpan.Zero,
        };

        Assert.Equal(6, rules.Validate(null, wrong).Failures!.Count());
        Assert.True(rules.Validate(null, new MailOptions()).Succeeded);
        Assert.True(rules.Validate(null, new MailOptions { From = "a@example.com" }).Failed);
        Assert.True(
            rules.Validate(null, new MailOptions { Host = "mail.example.com", From = "a@example.com" }).Succeeded
        );
    }

    private static Task SendAsync(SmtpServer server, string security, string? user) =>
        SendAsync(server.Port, security, user, TimeSpan.FromSeconds(60));

    private static Task SendAsync(int port, string security, string? user, TimeSpan timeout)
    {
        Assert.True(EmailAddress.TryParse("alice@example.com", out var to));
        var route = new SmtpRoute(
            Options.Create(
                new MailOptions
                {
                    Host = "127.0.0.1",
                    Port = port,
                    Security = security,
                    From = "alivemcp@example.com",
                    User = user,
                    Password = user is null ? null : "hunter2",
                    Timeout = timeout,
                }
            ),
            TimeProvider.System
        );
        return route.SendAsync(new Letter(to, "A subject", "A text."), CancellationToken.None);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
