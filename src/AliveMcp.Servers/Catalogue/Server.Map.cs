using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AliveMcp.Servers.Catalogue;

internal sealed partial class Server
{
    public static void Map(EntityTypeBuilder<Server> server)
    {
        server.ToTable("server", "servers").HasKey(row => row.ServerId);
        server.Property(row => row.ServerId).HasColumnName("server_id").UseIdentityAlwaysColumn();
        server.Property(row => row.TenantId).HasColumnName("tenant_id");
        server.Property(row => row.Slug).HasColumnName("slug");
        server.Property(row => row.PublicSlug).HasColumnName("public_slug");
        server.Property(row => row.Name).HasColumnName("name");
        server.Property(row => row.Url).HasColumnName("url");
        server.Property(row => row.CanonicalUrl).HasColumnName("canonical_url");
        server.Property(row => row.Origin).HasColumnName("origin");
        server.Property(row => row.Transport).HasColumnName("transport").HasConversion<short>();
        server.Property(row => row.Tags).HasColumnName("tags");
        server.Property(row => row.Visibility).HasColumnName("visibility").HasConversion<short>();
        server.Property(row => row.Expects).HasColumnName("expects").HasConversion<short>();
        server.Property(row => row.ExpectedTools).HasColumnName("expected_tools");
        server.Property(row => row.TestCalls).HasColumnName("test_calls");
        server.Property(row => row.Health).HasColumnName("health");
        server.Property(row => row.TimeoutMs).HasColumnName("timeout_ms");
        server.Property(row => row.SlowAfterMs).HasColumnName("slow_after_ms");
        server.Property(row => row.Weight).HasColumnName("weight");
        server.Property(row => row.Quorum).HasColumnName("quorum");
        server.Property(row => row.Regions).HasColumnName("regions");
        server.Property(row => row.SloTarget).HasColumnName("slo_target");
        server.Property(row => row.SloWindow).HasColumnName("slo_window").HasConversion<short?>();
        server.Property(row => row.Alerts).HasColumnName("alerts");
        server.Property(row => row.DependsOn).HasColumnName("depends_on");
        server.Ignore(row => row.Promised);
        server.Property(row => row.Credential).HasColumnName("credential").HasConversion<short?>();
        server.Property(row => row.CredentialNumber).HasColumnName("credential_number");
        server.Property(row => row.CredentialChangedAt).HasColumnName("credential_changed_at");
        server.Property(row => row.CredentialEnds).HasColumnName("credential_ends");
        server.Property(row => row.CredentialWarnsAt).HasColumnName("credential_warns_at");
        server.Property(row => row.ManagedBy).HasColumnName("managed_by");
        server.Property(row => row.SettingsVersion).HasColumnName("settings_version");
        server.Property(row => row.CreatedAt).HasColumnName("created_at");
        server.Property(row => row.PausedAt).HasColumnName("paused_at");
        server.Property(row => row.EraseAskedAt).HasColumnName("erase_asked_at");
    }
}
