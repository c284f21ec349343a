package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where a pickle is, and which one it must be. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "self.uri.matches('^(gs|s3)://[a-z0-9][a-z0-9._-]{1,220}/[^/?#\\\\s][^?#\\\\s]*$')"
            + " || self.uri.matches('^https?://[A-Za-z0-9.:\\\\[\\\\]-]+/[^\\\\s#]+$')"
            + " || self.uri.matches('^pvc://[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(/[A-Za-z0-9._-]+)+$')"
            + " || self.uri.matches('^configmap://[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/[A-Za-z0-9._-]+$')",
    message =
        "uri must be gs://BUCKET/PATH, s3://BUCKET/PATH, https://HOST/PATH, http://HOST/PATH,"
            + " pvc://CLAIM/PATH or configmap://NAME/KEY",
    fieldPath = ".uri")
@ValidationRule(
    value = "!self.uri.contains('..')",
    message = "uri must not have '..' in it",
    fieldPath = ".uri")
@ValidationRule(
    value = "!has(self.credentialsSecret)" + " || self.uri.matches('^(gs|s3|https?)://')",
    message =
        "credentialsSecret is for gs://, s3://, http:// and https://; pvc:// and configmap:// are"
            + " mounted without credentials",
    fieldPath = ".credentialsSecret")
@ValidationRule(
    value = "!has(self.maxSize) || (quantity(self.maxSize).compareTo(quantity('2Gi')) < 0)",
    message = "maxSize must be less than 2Gi",
    fieldPath = ".maxSize")
public record ModelSource(
    @Required
        @Size(min = 1, max = 1024)
        @JsonPropertyDescription(
            "Where the pickle is: gs://BUCKET/PATH, s3://BUCKET/PATH, https://HOST/PATH,"
                + " http://HOST/PATH, pvc://CLAIM/PATH in a PersistentVolumeClaim, or"
                + " configmap://NAME/KEY in a ConfigMap's binaryData, both of this namespace. The"
                + " predictor pods fetch it, with their own identity.")
        String uri,
    @Required
        @Pattern("^[0-9a-f]{64}$")
        @Size(min = 64, max = 64)
        @JsonPropertyDescription(
            "The SHA-256 of the file, 64 lower-case hex digits as sha256sum prints them. It is"
                + " checked before a byte of the file is parsed.")
        String sha256,
    @Size(min = 1, max = 200)
        @JsonPropertyDescription(
            "Where the estimator is inside a pickled dict, tuple or list, as a path such as"
                + " model or models.0. Not needed where the file holds one estimator only.")
        String entry,
    @Default(ModelSource.DEFAULT_MAX_SIZE)
        @Pattern("^[1-9][0-9]{0,9}(Ki|Mi|Gi)?$")
        @Size(min = 1, max = 12)
        @JsonPropertyDescription(
            "The largest file that is fetched, less than 2Gi. Default 64Mi. Unless resources are"
                + " given, memory is 256Mi and four times this.")
        String maxSize,
    @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription(
            "A Secret of this namespace with the files access-key-id, secret-access-key, region,"
                + " endpoint, header and hosts, each optional. It is sent only to the hosts that hosts"
                + " lists, such as models.example,minio.storage.svc:9000, and to its endpoint; without"
                + " hosts also to S3 and Cloud Storage themselves. It is mounted into the predictor"
                + " pods; the operator never reads it. Default: the pods' own identity (Workload"
                + " Identity).")
        String credentialsSecret) {

  public static final String DEFAULT_MAX_SIZE = "64Mi";

  public ModelSource {
    maxSize = maxSize == null ? DEFAULT_MAX_SIZE : maxSize;
  }
}
